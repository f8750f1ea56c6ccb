"""What the browser gets: no inline script or style, no physical left and right, no third host."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("portal", "casestudies", "forums", "search")
TEMPLATES = [path for room in PRODUCT for path in (ROOT / room).rglob("templates/**/*.html")]
STYLES = list((ROOT / "static" / "css").rglob("*.css"))
SCRIPTS = list((ROOT / "static" / "js").rglob("*.js"))

INLINE = re.compile(r"""\sstyle=|\son[a-z]+=["']|<style\b|javascript:""", re.IGNORECASE)
SCRIPT_WITHOUT_SOURCE = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/(ld\+)?json)")
PHYSICAL = re.compile(
    r"(?<![\w-])(margin|padding|border|inset)-(left|right)\b|float:\s*(left|right)"
    r"|text-align:\s*(left|right)|(?<![\w-])(left|right):"
)
FOREIGN = re.compile(r"""(?:src|href|action)=["'](?:https?:)?//""")


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_template_has_nothing_inline_and_names_no_other_host(path):
    text = path.read_text(encoding="utf-8")
    assert not INLINE.search(text)
    assert not SCRIPT_WITHOUT_SOURCE.search(text)
    assert not re.search(r"<(link|script|img|iframe)[^>]*" + FOREIGN.pattern, text)


@pytest.mark.parametrize("path", STYLES, ids=_name)
def test_style_knows_start_and_end_only(path):
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert not PHYSICAL.search(text)
    assert "@import" not in text
    assert not re.search(r"url\(\s*['\"]?(https?:)?//", text)


@pytest.mark.parametrize("path", SCRIPTS, ids=_name)
def test_script_runs_under_the_policy(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\beval\(|new Function\(|\.style\.|document\.write", text)


def test_there_is_something_to_look_at():
    assert TEMPLATES
    assert STYLES
