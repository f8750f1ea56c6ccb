"""A kind of question always has something to ask with."""

import pytest

from casestudies.wizard.kinds import Kind, OneField


@pytest.mark.parametrize("incomplete", [Kind, OneField, type("Forgotten", (OneField,), {})])
def test_a_kind_of_question_that_asks_with_nothing_cannot_be_made(incomplete: type[Kind]) -> None:
    with pytest.raises(TypeError, match="abstract"):
        incomplete()
