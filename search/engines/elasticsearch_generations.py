"""The indices and aliases under one prefix: every step is one request, whole or not at all.

An index has one alias that says what it is for (building, current, previous) and one of its own
for writing. Writes go to that alias alone, so a late one never makes a removed index anew.
"""

from collections.abc import Mapping
from typing import Any

from elasticsearch import Elasticsearch

from search.criteria import Audience
from search.engines.elasticsearch_mapping import index_body
from search.engines.generation import Generation, Role

Aliases = frozenset[str]
Table = dict[str, dict[Audience, Aliases]]
Action = Mapping[str, Any]


class Names:
    """How indices and aliases are called under a prefix."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix

    def reading(self, audience: Audience) -> str:
        """Name the alias that searches of an audience go to."""
        return f"{self.prefix}-{audience.value}"

    def role(self, audience: Audience, role: Role) -> str:
        """Name the alias that says what an index is for."""
        reading = self.reading(audience)
        return reading if role is Role.CURRENT else f"{reading}-{role.value}"

    def writing(self, audience: Audience, name: str) -> str:
        """Name the alias that writes into one generation go to."""
        return f"{self.reading(audience)}-write-{name}"

    def index(self, audience: Audience, name: str) -> str:
        """Name the index of a generation."""
        return f"{self.reading(audience)}-{name}"


class Generations:
    """What there is under a prefix, and the steps from one state to the next."""

    def __init__(self, names: Names) -> None:
        self.names = names

    def table(self, client: Elasticsearch) -> Table:
        """Give the aliases of every index, by generation and audience."""
        starts = {audience: f"{self.names.reading(audience)}-" for audience in Audience}
        patterns = ",".join(f"{start}*" for start in starts.values())
        table: Table = {}
        for index, told in client.indices.get_alias(index=patterns).items():
            for audience, start in starts.items():
                if index.startswith(start):
                    held = table.setdefault(index.removeprefix(start), {})
                    held[audience] = frozenset(told["aliases"])
        return table

    def all(self, table: Table) -> list[Generation]:
        """Give every generation of a table with its role."""
        return [Generation(name, self._role(name, held)) for name, held in sorted(table.items())]

    def _role(self, name: str, held: Mapping[Audience, Aliases]) -> Role | None:
        for role in Role:
            wanted = {
                audience: {self.names.role(audience, role), self.names.writing(audience, name)}
                for audience in Audience
            }
            if all(wanted[audience] <= held.get(audience, frozenset()) for audience in Audience):
                return role
        return None

    def leftovers(self, table: Table) -> list[str]:
        """Name what an interrupted rebuild or removal left behind; never what somebody reads."""
        return [
            found.name
            for found in self.all(table)
            if found.role in {Role.BUILDING, None} and not self._is_read(table[found.name])
        ]

    def _is_read(self, held: Mapping[Audience, Aliases]) -> bool:
        return any(self.names.reading(audience) in found for audience, found in held.items())

    def create(self, client: Elasticsearch, name: str) -> None:
        """Make the empty indices of a generation, each with its aliases in one step."""
        for audience in Audience:
            aliases = (self.names.role(audience, Role.BUILDING), self.names.writing(audience, name))
            client.indices.create(
                index=self.names.index(audience, name),
                aliases={alias: {} for alias in aliases},
                **index_body(),
            )

    def use(self, client: Elasticsearch, name: str) -> None:
        """Swap the readers of all audiences over; nothing happens where another step came between.

        What must be there for a step is asked for in the step itself.
        """
        table = self.table(client)
        roles = {found.name: found.role for found in self.all(table)}
        role = roles.get(name) or Role.BUILDING
        if role is Role.CURRENT:
            return
        actions = self._change(name, role, Role.CURRENT)
        for other in table.keys() - {name}:
            actions += self._step_down(other, roles[other], role, table)
        client.indices.update_aliases(actions=actions)

    def _step_down(self, other: str, role: Role | None, risen: Role, table: Table) -> list[Action]:
        if role is Role.CURRENT:
            return self._change(other, Role.CURRENT, Role.PREVIOUS)
        replaced = role is Role.PREVIOUS and risen is Role.BUILDING
        if replaced or (role is None and self._is_read(table[other])):
            indices = [self.names.index(audience, other) for audience in table[other]]
            return [{"remove_index": {"index": index}} for index in indices]
        return []

    def _change(self, name: str, old: Role, new: Role) -> list[Action]:
        actions: list[Action] = []
        for audience in Audience:
            index = self.names.index(audience, name)
            before, after = self.names.role(audience, old), self.names.role(audience, new)
            actions.append({"remove": {"index": index, "alias": before, "must_exist": True}})
            actions.append({"add": {"index": index, "alias": after}})
        return actions

    def drop(self, client: Elasticsearch, name: str) -> None:
        """Remove a generation that nobody reads: first its aliases, so that no writer finds it."""
        held = self.table(client).get(name, {})
        if self._is_read(held):
            raise RuntimeError(f"{name} is in use")
        indices = {self.names.index(audience, name): aliases for audience, aliases in held.items()}
        actions = [
            {"remove": {"index": index, "alias": alias, "must_exist": True}}
            for index, aliases in indices.items()
            for alias in aliases
        ]
        if actions:
            client.indices.update_aliases(actions=actions)
        if indices:
            client.indices.delete(index=list(indices), ignore_unavailable=True)
