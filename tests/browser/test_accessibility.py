"""axe-core over every state of the page, in both themes and at both widths; the order of the focus. Skips without npm."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import Any

import pytest

AXE = "axe-core@4.10.3"
QUESTION = "How many people were hurt when the footbridge in Tamnar fell?"
UNANSWERABLE = "Кто выиграл чемпионат мира по футболу?"
WIDTHS = {"desktop": {"width": 1280, "height": 800}, "phone": {"width": 390, "height": 844}}

# What axe finds inside Gradio's own components and we let pass: the rule, the component, and the reason. Nothing today.
GRADIO: dict[tuple[str, str], str] = {}

# What fades in has no contrast yet; and an animation that ends may begin another, a frame later.
SETTLED = """async () => {
    const frame = () => new Promise((shown) => requestAnimationFrame(shown));
    do {
        await Promise.all(document.getAnimations().map((animation) => animation.finished));
        await frame();
        await frame();
    } while (document.getAnimations().length);
}"""


@pytest.fixture(scope="session")
def axe(request: pytest.FixtureRequest) -> str:
    """The script of axe-core, brought once from npm into pytest's cache."""
    folder = Path(request.config.cache.mkdir("axe-core"))
    script = folder / f"{AXE.replace('@', '-')}.min.js"
    if not script.exists():
        npm = shutil.which("npm")
        if npm is None:
            pytest.skip("axe-core comes from npm, which is not installed")
        packing = [npm, "pack", AXE, "--silent", "--pack-destination", str(folder)]
        brought = subprocess.run(packing, capture_output=True, text=True, timeout=120, check=False)
        if brought.returncode:
            pytest.skip(f"npm could not bring {AXE}: {brought.stderr.strip()[-200:]}")
        with tarfile.open(folder / brought.stdout.strip().splitlines()[-1]) as package:
            source = package.extractfile("package/axe.min.js")
            assert source is not None
            script.write_bytes(source.read())
    return script.read_text("utf-8")


def found(page: Any, axe: str) -> list[str]:
    """What axe finds on the page as it is now, but for what is known of Gradio's components."""
    page.evaluate(SETTLED)
    page.evaluate(axe)
    violations = page.evaluate("axe.run({ resultTypes: ['violations'] }).then((result) => result.violations)")
    serious = []
    for violation in violations:
        for node in violation["nodes"]:
            target = " ".join(map(str, node["target"]))
            inside = page.evaluate("(css) => document.querySelector(css)?.closest('[id]:is(.block, .form)')?.id ?? ''", target)
            if (violation["id"], f"#{inside}") not in GRADIO:
                serious.append(f"{violation['impact']} {violation['id']}: {target}: {node['failureSummary']}")
    return serious


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_state_of_the_page(models_site: Any, axe: str, scheme: str, width: str) -> None:
    page = models_site.open(viewport=WIDTHS[width], color_scheme=scheme, reduced_motion="reduce")
    page.locator("[data-ask]").first.wait_for()
    assert found(page, axe) == []
    turn = ask(page, 1)
    turn.get_by_role("button", name="Show what happened when").click()
    turn.locator(".plot").wait_for()
    for disclosure in turn.locator("summary").all():
        disclosure.click()
    turn.locator(".cite").first.focus()
    assert found(page, axe) == []
    turn.locator(".cite").first.click()
    page.wait_for_function("document.activeElement.id === 'here'")
    assert found(page, axe) == []
    page.keyboard.press("Escape")
    page.locator("#filters > button").click()
    page.locator("#outlets input").click()
    page.locator("#outlets [role=option]").first.wait_for()
    assert found(page, axe) == []
    page.keyboard.press("Escape")
    page.get_by_label("Answered by").click()
    page.get_by_role("option", name="Down").click()
    ask(page, 2)
    assert found(page, axe) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_where_there_is_no_answer(site: Any, axe: str, scheme: str) -> None:
    page = site.open("?since=2025-01-01", color_scheme=scheme)
    ask(page, 1, UNANSWERABLE)
    page.locator(".near .open").first.hover()
    assert found(page, axe) == []


def ask(page: Any, number: int, question: str = QUESTION) -> Any:
    page.fill("#question textarea", question)
    page.keyboard.press("Enter")
    turn = page.locator(f'#turn-{number}[aria-busy="false"]')
    turn.wait_for()
    return turn


def test_the_focus_goes_through_the_page_from_top_to_bottom_and_is_always_seen(models_site: Any) -> None:
    page = models_site.open(reduced_motion="reduce")
    ask(page, 1)
    page.locator("h1").click()  # the focus starts there
    seen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        where = page.evaluate(
            """() => {
                const e = document.activeElement, style = getComputedStyle(e);
                const ring = style.outlineStyle !== 'none' || style.boxShadow !== 'none' || e.matches('.dot, textarea, input');
                const part = e.closest('#head, #thread, #composer, #pane')?.id ?? '';
                return { part, ring, name: e.id || e.className || e.tagName };
            }"""
        )
        if where["part"]:
            seen.append(where)
    assert [where["name"] for where in seen if not where["ring"]] == []
    parts = list(dict.fromkeys(where["part"] for where in seen))
    assert parts == ["head", "thread", "composer", "pane"]


def test_everything_that_can_be_used_has_a_name(models_site: Any) -> None:
    page = models_site.open()
    ask(page, 1)
    page.locator("#filters > button").click()
    page.locator("#outlets input").wait_for()
    for role in ("button", "textbox", "combobox", "listbox", "checkbox", "link"):
        for part in page.get_by_role(role).all():
            if part.is_visible():
                name = part.evaluate("e => e.ariaLabel || e.labels?.[0]?.textContent || e.textContent")
                assert (name or "").strip(), part.evaluate("e => e.outerHTML")
