// Suggestions while one types into a search box: a combobox with a listbox, as the ARIA Authoring
// Practices describe it (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). Arrow keys choose,
// Enter follows, Escape closes. Without a script the form asks the server as ever.

const WAIT = 120; // ms after the last key
const SHOWN = 8;

export function start(document) {
  for (const form of document.querySelectorAll('form.search[role="search"]')) suggest(form);
}

function suggest(form) {
  const input = form.querySelector('input[name="q"]');
  const list = listFor(input);
  const said = statusFor(input);
  const state = { timer: 0, request: null, chosen: -1 };

  const options = () => [...list.children];

  function close() {
    clearTimeout(state.timer);
    state.request?.abort();
    list.hidden = true;
    list.replaceChildren();
    state.chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    said.textContent = "";
  }

  function choose(number) {
    const all = options();
    state.chosen = number < -1 ? all.length - 1 : number >= all.length ? -1 : number;
    all.forEach((option, at) => option.setAttribute("aria-selected", String(at === state.chosen)));
    const option = all[state.chosen];
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  function show({ hits, did_you_mean: meant }) {
    if (hits.length === 0 || document.activeElement !== input) return close();
    list.replaceChildren(...hits.map((hit, at) => optionFor(hit, `${list.id}-${at}`)));
    list.hidden = false;
    state.chosen = -1;
    input.setAttribute("aria-expanded", "true");
    input.removeAttribute("aria-activedescendant");
    const count = `${hits.length} suggestion${hits.length === 1 ? "" : "s"}`;
    said.textContent = meant ? `${count} for ${meant}` : count;
  }

  async function ask() {
    state.request?.abort();
    state.request = new AbortController();
    const words = input.value.trim();
    if (words === "") return close();
    const address = new URL(`${form.action}.json`);
    address.search = new URLSearchParams({ q: words, limit: SHOWN });
    try {
      const answer = await fetch(address, { signal: state.request.signal });
      if (answer.ok) show(await answer.json());
      else close();
    } catch (error) {
      // Overtaken by the next key, or no network: the form still asks the server.
      if (error.name !== "AbortError" && !(error instanceof TypeError)) throw error;
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(state.timer);
    state.timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) ask();
      else choose(state.chosen + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && state.chosen >= 0) {
      event.preventDefault();
      follow(options()[state.chosen]);
    }
  });
  // Pressing keeps the focus in the box, so that the list is still there for the click.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => follow(event.target.closest('[role="option"]')));
}

function follow(option) {
  if (option) location.assign(option.dataset.href);
}

function listFor(input) {
  const list = document.createElement("ul");
  list.id = `${input.id}-suggestions`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  list.hidden = true;
  input.after(list);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);
  return list;
}

function statusFor(input) {
  const said = document.createElement("div");
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  input.after(said);
  return said;
}

function optionFor(hit, id) {
  const option = document.createElement("li");
  option.id = id;
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  option.dataset.href = hit.href;
  const label = document.createElement("span");
  label.textContent = hit.name ? `${hit.label} (${hit.name})` : hit.label;
  const kind = document.createElement("span");
  kind.className = "quiet small";
  kind.textContent = hit.kind;
  option.append(label, kind);
  return option;
}
