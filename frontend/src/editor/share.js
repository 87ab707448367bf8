// A link to the page with this query: who opens it has the query in the editor, and its answer.

export function shareBy(actions, editor, page) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "secondary";
  button.textContent = "Copy a link";
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  const shown = document.createElement("input");
  shown.readOnly = true;
  shown.hidden = true;
  shown.setAttribute("aria-label", "Link to this query");
  actions.append(button, shown, said);
  button.addEventListener("click", async () => {
    const link = new URL(page);
    link.searchParams.set("query", editor.getValue());
    try {
      await navigator.clipboard.writeText(link);
      said.textContent = "Copied";
    } catch (error) {
      // Without HTTPS, or without leave, a page cannot copy: then people can.
      if (!(error instanceof DOMException || error instanceof TypeError)) throw error;
      said.textContent = "Copy it from here:";
      shown.hidden = false;
      shown.value = link;
      shown.select();
    }
  });
  editor.on("change", () => {
    said.textContent = "";
    shown.hidden = true;
  });
}
