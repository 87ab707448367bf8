// The names in the panel of classes and properties write themselves where the cursor is.

import { declareUsed } from "./completion.js";

export function writeFromPanel(editor, vocabulary) {
  const panel = document.querySelector(".schema");
  // Made when its class is unfolded: there are hundreds.
  panel?.addEventListener(
    "toggle",
    ({ target }) => {
      for (const name of target.querySelectorAll(":scope > ul code[data-term]")) {
        name.replaceWith(buttonFor(name, editor, vocabulary));
      }
    },
    true,
  );
}

function buttonFor(name, editor, vocabulary) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "name";
  button.title = vocabulary.get(name.dataset.term)?.definition ?? "";
  button.setAttribute("aria-label", `Write ${name.textContent} at the cursor`);
  button.append(Object.assign(document.createElement("code"), { textContent: name.textContent }));
  button.addEventListener("click", () => {
    editor.operation(() => {
      editor.replaceSelection(`${name.textContent} `);
      declareUsed(editor, vocabulary);
    });
    editor.focus();
  });
  return button;
}
