// Sort the tables of answers: a button in each head, one body for each row, numbers as numbers.
// What is empty comes last, either way. Without this script the order is that of the answer.

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

function valueOf(body, place) {
  const cell = body.rows[0].cells[place];
  return cell.dataset.value ?? cell.textContent.trim();
}

function compare(one, other, isNumeric) {
  return isNumeric ? Number(one) - Number(other) : collator.compare(one, other);
}

function sortBy(table, head, direction) {
  const place = head.cellIndex;
  const isNumeric = head.classList.contains("number");
  const sign = direction === "ascending" ? 1 : -1;
  const bodies = Array.from(table.tBodies, (body) => ({ body, value: valueOf(body, place) }));
  bodies.sort((one, other) => {
    if (!one.value || !other.value) return Number(!one.value) - Number(!other.value);
    return sign * compare(one.value, other.value, isNumeric);
  });
  table.append(...bodies.map(({ body }) => body));
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", direction);
}

function addButton(table, head) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "sort";
  button.append(...head.childNodes);
  head.append(button);
  button.addEventListener("click", () => {
    const isAscending = head.getAttribute("aria-sort") === "ascending";
    sortBy(table, head, isAscending ? "descending" : "ascending");
  });
}

for (const table of document.querySelectorAll("table[data-sortable]")) {
  if (table.tBodies.length < 2) continue;
  for (const head of Array.from(table.tHead.rows[0].cells)) addButton(table, head);
}
