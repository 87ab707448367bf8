// Pool anew while a form changes: that of a pool, whose answer is put in the place of the old one, and
// the one of ticked rows, which says beside its button what they give. Without script both forms lead
// to the same pages. What comes late, after another change, is let go.

import { addButton } from "./copy.js";

const PAUSE = 250;
let latest;

export function start(document) {
  document.addEventListener("change", ({ target }) => {
    const form = target.form;
    if (form?.matches("[data-live-form]")) later(() => answerAnew(form));
    else if (form?.matches("[data-ticks]")) later(() => sayTicked(form));
  });
}

function later(act) {
  latest?.abort();
  const mine = (latest = new AbortController());
  setTimeout(async () => {
    if (!mine.signal.aborted) await act();
  }, PAUSE);
}

async function answerAnew(form) {
  const found = await pageAt(form);
  if (!found) return;
  const { page, address, isAnswer } = found;
  if (!isAnswer) {
    say(document.querySelector('[data-live="said"]'), problemOf(page));
    return;
  }
  for (const part of document.querySelectorAll("[data-live]")) {
    const anew = page.querySelector(`[data-live="${part.dataset.live}"]`);
    part.replaceChildren(...(anew ? document.adoptNode(anew).childNodes : []));
    part.querySelectorAll("pre[data-copy]").forEach(addButton);
  }
  document.title = page.title;
  history.replaceState(history.state, "", address);
}

async function sayTicked(form) {
  const said = form.querySelector("[data-ticked]");
  if (new FormData(form).getAll("figure").length === 0) {
    said.replaceChildren();
    return;
  }
  const found = await pageAt(form);
  if (!found) return;
  const answer = found.page.querySelector('[data-live="said"]') ?? found.page.querySelector(".notice");
  if (!answer) {
    say(said, problemOf(found.page));
    return;
  }
  const plot = found.page.querySelector("figure.plot picture");
  said.replaceChildren(...document.adoptNode(answer).childNodes, ...(plot ? [folded(plot)] : []));
}

function folded(plot) {
  const details = document.createElement("details");
  const summary = document.createElement("summary");
  summary.textContent = "Forest plot";
  details.append(summary, document.adoptNode(plot));
  return details;
}

function say(place, text) {
  const paragraph = document.createElement("p");
  paragraph.textContent = text;
  place.replaceChildren(paragraph);
}

function problemOf(page) {
  return page.querySelector("main .lead")?.textContent ?? "";
}

async function pageAt(form) {
  const mine = latest;
  const filled = [...new FormData(form)].filter(([, value]) => value !== "");
  const address = `${form.action.split("?")[0]}?${new URLSearchParams(filled)}`;
  form.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(address, { headers: { Accept: "text/html" }, signal: mine.signal });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    return { page, address: response.url, isAnswer: response.ok };
  } catch (error) {
    // The network failed, or another change came: the button still leads there.
    if (!(error instanceof TypeError || error.name === "AbortError")) throw error;
    return null;
  } finally {
    form.removeAttribute("aria-busy");
  }
}
