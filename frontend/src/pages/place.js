// A link to the place of a figure opens it beside the page, in a dialog that takes the article of the
// page at that address. Without script, or where it cannot be had, the link leads there as it stands.
// Escape closes the dialog, and the focus returns to the link; a link to another place stays in it.

import { addButton } from "./copy.js";

const REFERENCES = ["aria-describedby", "aria-labelledby", "for"];
let panel;

export function start(document) {
  if (!document.querySelector("[data-place]")) return;
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-place]");
    if (!link || isMeantForElsewhere(event)) return;
    event.preventDefault();
    open(link);
  });
}

function isMeantForElsewhere(event) {
  const { button, ctrlKey, metaKey, shiftKey, altKey, defaultPrevented } = event;
  return button !== 0 || ctrlKey || metaKey || shiftKey || altKey || defaultPrevented;
}

async function open(link) {
  link.setAttribute("aria-busy", "true");
  const article = await articleAt(link.href);
  link.removeAttribute("aria-busy");
  if (!article) {
    location.assign(link.href);
    return;
  }
  panel ??= makePanel();
  show(article);
  if (!panel.open) panel.showModal();
  panel.querySelector("button").focus();
}

async function articleAt(address) {
  try {
    const response = await fetch(address, { headers: { Accept: "text/html" } });
    if (!response.ok) return null;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    return document.adoptNode(page.querySelector("article.place"));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // the network failed, or there is no article
    return null;
  }
}

function show(article) {
  keepApart(article);
  const heading = article.querySelector("h1");
  heading.id = "_place-heading";
  panel.replaceChildren(closeButton(), article);
  article.querySelectorAll("pre[data-copy]").forEach(addButton);
  panel.scrollTop = 0;
}

// What the article calls its parts may be what the page calls other parts.
function keepApart(article) {
  for (const element of article.querySelectorAll("[id]")) element.id = `_place${element.id}`;
  for (const name of REFERENCES) {
    for (const element of article.querySelectorAll(`[${name}]`)) {
      element.setAttribute(name, `_place${element.getAttribute(name)}`);
    }
  }
}

function makePanel() {
  const dialog = document.createElement("dialog");
  dialog.className = "place-panel";
  dialog.setAttribute("aria-labelledby", "_place-heading");
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog && isOutside(event, dialog.getBoundingClientRect())) dialog.close();
  });
  document.body.append(dialog);
  return dialog;
}

function isOutside({ clientX, clientY }, { left, right, top, bottom }) {
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}

function closeButton() {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "secondary slim close";
  button.textContent = "Close";
  button.addEventListener("click", () => panel.close());
  return button;
}
