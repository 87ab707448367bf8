// Solutions, or triples, as a table like those of the other pages: to be filtered and sorted.

const STEP = 500; // rows that are shown at a time
const NUMERIC = /#(integer|decimal|double|float|\w*Int|int|long|short|byte|\w+Integer)$/;
const inOrder = new Intl.Collator("en", { numeric: true }).compare;

export function tableView(names) {
  return class {
    priority = 10;
    label = "Table";

    constructor(answers) {
      this.answers = answers;
    }

    canHandleResults() {
      return Boolean(this.answers.results?.getVariables()?.length);
    }

    draw() {
      const { results, resultsEl } = this.answers;
      const prefixes = this.answers.getPrefixes();
      const table = makeTable(results.getVariables(), results.getBindings(), names.with(prefixes));
      resultsEl.append(...table);
    }

    download(name) {
      return {
        getData: () => this.answers.results.asCsv(),
        filename: `${name}.csv`,
        contentType: "text/csv",
        title: "Download as CSV",
      };
    }
  };
}

function makeTable(variables, bindings, names) {
  const texts = new Map(
    bindings.map((row) => [row, variables.map((name) => textOf(row[name], names))]),
  );
  const body = document.createElement("tbody");
  const filter = makeFilter();
  const more = document.createElement("button");
  more.type = "button";
  more.className = "secondary";
  const counted = document.createElement("p");
  counted.className = "quiet small";
  counted.setAttribute("role", "status");
  let rows = bindings;
  let shown = STEP;
  const show = () => {
    const words = filter.field.value.toLowerCase();
    const fitting = rows.filter((row) =>
      texts.get(row).some((text) => text.toLowerCase().includes(words)),
    );
    body.replaceChildren(
      ...fitting.slice(0, shown).map((row) => makeRow(variables, row, texts.get(row), names)),
    );
    counted.textContent = 
      fitting.length < bindings.length ? `${fitting.length} of ${bindings.length} rows.` : "";
    more.hidden = fitting.length <= shown;
    more.textContent = `Show ${Math.min(STEP, fitting.length - shown)} more`;
  };
  filter.field.addEventListener("input", () => show((shown = STEP)));
  more.addEventListener("click", () => show((shown += STEP)));
  const head = makeHead(variables, bindings[0], (column, isDown) => {
    rows = bindings.toSorted((one, other) => {
      const order = inOrder(texts.get(one)[column], texts.get(other)[column]);
      return isDown ? -order : order;
    });
    show();
  });
  show();
  const table = document.createElement("table");
  table.append(head, body);
  const frame = document.createElement("div");
  frame.className = "table";
  frame.tabIndex = 0;
  frame.setAttribute("role", "region");
  frame.setAttribute("aria-label", "Rows of the answer");
  frame.append(table);
  return [filter.label, counted, frame, more];
}

function makeFilter() {
  const label = document.createElement("label");
  label.className = "filter";
  const field = document.createElement("input");
  field.type = "search";
  label.append("Filter the rows ", field);
  return { label, field };
}

function makeHead(variables, first, sort) {
  const row = document.createElement("tr");
  for (const [column, name] of variables.entries()) {
    const cell = document.createElement("th");
    cell.scope = "col";
    if (NUMERIC.test(first?.[name]?.datatype)) cell.className = "number";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sorter";
    button.textContent = name;
    button.addEventListener("click", () => {
      const isDown = cell.ariaSort === "ascending";
      for (const other of row.children) other.removeAttribute("aria-sort");
      cell.setAttribute("aria-sort", isDown ? "descending" : "ascending");
      sort(column, isDown);
    });
    cell.append(button);
    row.append(cell);
  }
  const head = document.createElement("thead");
  head.append(row);
  return head;
}

function makeRow(variables, binding, texts, names) {
  const row = document.createElement("tr");
  for (const [column, name] of variables.entries()) {
    const cell = row.insertCell();
    const term = binding[name];
    const address = term?.type === "uri" ? names.href(term.value) : undefined;
    if (NUMERIC.test(term?.datatype)) cell.className = "number";
    if (address) {
      const link = document.createElement("a");
      link.href = address;
      link.textContent = texts[column];
      cell.append(link);
    } else {
      cell.textContent = texts[column];
    }
  }
  return row;
}

function textOf(term, names) {
  if (!term) return "";
  if (term.type === "triple") {
    const { subject, predicate, object } = term.value;
    return `<< ${[subject, predicate, object].map((part) => textOf(part, names)).join(" ")} >>`;
  }
  return term.type === "uri" ? names.compact(term.value) : term.value;
}
