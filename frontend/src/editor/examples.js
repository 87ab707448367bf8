// The examples of the page as a pick list that fills the editor.

export function offerExamples(form, editor) {
  const links = [...document.querySelectorAll("#examples a")];
  const label = document.createElement("label");
  label.htmlFor = "example";
  label.textContent = "Example";
  const hint = document.createElement("p");
  hint.className = "hint";
  hint.id = "example-hint";
  hint.textContent = "A question that takes the place of the query; Ctrl-Z brings the query back.";
  const list = document.createElement("select");
  list.id = "example";
  list.setAttribute("aria-describedby", hint.id);
  list.append(
    new Option("Choose a question", ""),
    ...links.map((link) => new Option(link.textContent, link.href)),
  );
  list.addEventListener("change", () => {
    if (list.value) editor.setValue(withoutHeader(new URL(list.value).searchParams.get("query")));
  });
  form.prepend(label, hint, list);
}

// The header of a question says things to programs; its title is for people.
function withoutHeader(query) {
  return query.replace(/^#\+(?! title:).*\n/gm, "");
}
