// Answers below the editor: as a table, as they were sent, and triples also as a graph.

import Yasgui from "@zazuko/yasgui";
import { graphView } from "./graph.js";
import { RawView } from "./raw.js";
import { tableView } from "./table.js";
import { Names } from "./terms.js";

export function showAnswers(form, editor, words, vocabulary) {
  const { Yasr } = Yasgui;
  const names = new Names(words);
  Yasr.registerPlugin("table", tableView(names));
  Yasr.registerPlugin("graph", graphView(names, vocabulary, form.action));
  Yasr.registerPlugin("response", RawView);
  const place = document.createElement("section");
  place.setAttribute("aria-label", "Answer");
  place.hidden = true;
  form.after(place);
  const answers = new Yasr(place, {
    prefixes: () => editor.getPrefixesFromQuery(),
    persistenceId: null,
    defaultPlugin: "table",
    pluginOrder: ["table", "graph", "response"],
    errorRenderers: [problem],
    getDownloadFileName: () => "answer",
  });
  // It leads to a manual elsewhere.
  answers.documentationLink.remove();
  const remark = document.createElement("p");
  remark.className = "notice bad";
  remark.setAttribute("role", "alert");
  remark.hidden = true;
  place.prepend(remark);
  const tell = (words) => {
    remark.textContent = words;
    remark.hidden = !words;
  };
  answers.on("draw", () => (place.hidden = false));
  // Yasr marks its buttons just after it says that it has drawn.
  answers.on("drawn", () => queueMicrotask(() => markSelected(answers)));
  const turtle = document.querySelector("#answer pre[data-turtle]")?.textContent;
  if (turtle) {
    const told = document.querySelector("#answer .notice.bad")?.textContent ?? "";
    document.getElementById("answer").remove();
    tell(told);
    answers.setResponse({ data: turtle, contentType: "text/turtle", status: 200 });
  }
  return {
    // What was asked before is not to be taken for the answer to what is asked now.
    clear() {
      document.getElementById("answer")?.remove();
      place.hidden = true;
    },
    show(response, milliseconds) {
      tell(response.headers?.get("Query-Remark") ?? "");
      const areTriples = ["CONSTRUCT", "DESCRIBE"].includes(editor.getQueryType());
      if (!areTriples && answers.selectedPlugin === "graph") answers.selectPlugin("table");
      answers.setResponse(response, milliseconds);
    },
  };
}

function markSelected({ rootEl }) {
  for (const button of rootEl.querySelectorAll(".yasr_btnGroup button")) {
    button.setAttribute("aria-pressed", button.classList.contains("selected"));
    button.disabled = button.classList.contains("disabled");
  }
}

// What the server says of a query that it does not answer is a problem document (RFC 9457).
function problem({ text }) {
  const said = document.createElement("div");
  said.setAttribute("role", "alert");
  const title = document.createElement("strong");
  const detail = document.createElement("p");
  said.append(title, detail);
  try {
    ({ title: title.textContent, detail: detail.textContent } = JSON.parse(text));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    title.textContent = "No answer";
    detail.textContent = `The answer broke off, or the server cannot be reached: ${text}`;
  }
  return said;
}
