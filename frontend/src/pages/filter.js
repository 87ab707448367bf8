// Show only the questions that hold every word typed into the box above them. Without a script the
// form asks the search page for questions.

export function start(document) {
  const form = document.querySelector("form[data-filter]");
  const topics = document.querySelector("[data-topics]");
  if (!form || !topics) return;
  const said = document.querySelector("[data-filtered]");
  const input = form.querySelector('input[type="search"]');
  const entries = [...topics.querySelectorAll("li")];

  function filter() {
    const words = input.value.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
    for (const entry of entries) {
      const text = `${entry.textContent} ${entry.closest("section").querySelector("h2, h3").textContent}`;
      entry.hidden = !words.every((word) => text.toLowerCase().includes(word));
    }
    for (const section of topics.querySelectorAll("section")) {
      section.hidden = !section.querySelector("li:not([hidden])");
      for (const fold of section.querySelectorAll("details")) fold.open = words.length > 0;
    }
    const shown = entries.filter((entry) => !entry.hidden).length;
    said.textContent = words.length === 0 ? "" : `${shown} of ${entries.length} questions`;
  }

  input.addEventListener("input", filter);
  filter();
}
