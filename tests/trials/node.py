"""The node of a trial, handled behind the portal's back."""

from contextlib import suppress

from elasticsearch import Elasticsearch, NotFoundError

from search.criteria import Audience


class Node:
    """The indices under one prefix on a real node."""

    def __init__(self, url: str, prefix: str) -> None:
        self.url = url
        self._prefix = prefix

    def is_in_use(self) -> bool:
        """Say whether readers find indices there."""
        with Elasticsearch(self.url) as client:
            aliases = [f"{self._prefix}-{audience.value}" for audience in Audience]
            return all(client.indices.exists_alias(name=alias) for alias in aliases)

    def empty(self) -> None:
        """Leave nothing, as if a new node had come up.

        It may have come up empty just before, or be about to be filled: a rebuild removes indices.
        """
        with Elasticsearch(self.url) as client:
            while names := list(client.indices.get(index=f"{self._prefix}-*")):
                # A worker may be removing one of them at the same moment.
                with suppress(NotFoundError):
                    client.indices.delete(index=names, ignore_unavailable=True)

    def block(self, held: bool) -> None:
        """Let it take documents no more, as it does when its disk is full; or take them again."""
        setting = {"index.blocks.read_only_allow_delete": True if held else None}
        with Elasticsearch(self.url) as client:
            # It may just have come up empty.
            client.indices.put_settings(
                index=f"{self._prefix}-*", settings=setting, allow_no_indices=True
            )
