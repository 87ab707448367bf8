"""The drawings in a browser: their text stays in its box, and they lead where they say."""

import pytest
from approve import SOURCES
from tools import needs

pytestmark = needs("chromium")

ADDRESSES = (
    "/ontology",
    "/regimen/mini-hyper-cvd-fractionated-ino-blinatumomab",
    *sorted(f"/study/{path.stem}" for path in SOURCES.graph.glob("study/*.ttl")),
)
MEASURE = """() => {
  const outside = [];
  for (const group of document.querySelectorAll('a.box, a.chip, g.class-box')) {
    const box = group.querySelector('rect').getBBox();
    for (const text of group.querySelectorAll('text')) {
      const words = text.getBBox();
      const right = words.x + words.width, bottom = words.y + words.height;
      if (words.x < box.x || right > box.x + box.width || bottom > box.y + box.height + 2)
        outside.push(text.textContent);
    }
  }
  const page = document.documentElement;
  return [outside, page.scrollWidth - page.clientWidth];
}"""


@pytest.mark.parametrize("width", [360, 1280])
def test_no_text_leaves_its_box_and_no_page_scrolls_sideways(open_context, width):
    page = open_context(viewport={"width": width, "height": 900}).new_page()
    for address in ADDRESSES:
        page.goto(address)
        assert page.evaluate(MEASURE) == [[], 0], address


def test_a_link_to_a_group_opens_the_list_in_which_it_stands(page_without_scripts):
    page_without_scripts.goto("/study/mini-hcvd-ino#hsct")
    assert page_without_scripts.locator("#hsct").is_visible()


def test_a_flag_explains_itself_on_focus_without_script(page_without_scripts):
    page_without_scripts.goto("/study/mini-hcvd-ino")
    flag = page_without_scripts.locator("tr#cr .flag").first
    explanation = flag.locator("xpath=..").get_by_role("tooltip", include_hidden=True)
    assert not explanation.is_visible()
    flag.focus()
    assert explanation.is_visible()
    assert explanation.get_attribute("id") == flag.get_attribute("aria-describedby")
