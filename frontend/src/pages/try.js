// A form for each address of the interface: sends the request, and shows what comes back.

import { addButton } from "./copy.js";

const MOST = 20_000; // characters of an answer that are shown
const READABLE = /^text\/|json|xml|turtle|trig|n-triples|n-quads/;
const HEADERS = [
  "Content-Type",
  "Content-Length",
  "Dataset-Release",
  "ETag",
  "Cache-Control",
  "Vary",
  "Query-Id",
  "Server-Timing",
  "Retry-After",
  "Link",
];

const place = document.querySelector("[data-openapi]");
const server = new URL(place.dataset.openapi, location).href.replace(/\/openapi\.json$/, "");
const described = Promise.all([place.dataset.openapi, place.dataset.questions].map(readJson));

for (const details of place.querySelectorAll("details.operation")) {
  details.addEventListener("toggle", () => build(details), { once: true });
  if (details.open) build(details);
}
openTarget();
addEventListener("hashchange", openTarget);

function openTarget() {
  const target = document.getElementById(location.hash.slice(1));
  if (target instanceof HTMLDetailsElement) target.open = true;
}

async function readJson(address) {
  const response = await fetch(address, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`${address} answers ${response.status}`);
  return response.json();
}

async function build(details) {
  if (details.querySelector("form.try")) return;
  const [{ paths }, { questions }] = await described;
  const { method, path } = details.dataset;
  const operation = paths[path][method];
  const withSuffix = paths[`${path}.{suffix}`]?.[method];
  const question = questions.find(({ name }) => path === `/questions/${name}`);
  const controls = [
    ...operation.parameters.map((parameter) => parameterControl(details.id, parameter, question)),
    ...(operation.requestBody ? [bodyControl(details.id)] : []),
    ...(withSuffix ? [suffixControl(details.id, withSuffix)] : []),
    acceptControl(details.id, operation),
  ].filter(Boolean);
  const form = document.createElement("form");
  form.className = "try";
  const grid = element("div", { className: "controls" }, ...controls.map(({ element }) => element));
  const send = element("button", { textContent: "Send" });
  form.append(grid, element("div", { className: "actions" }, send));
  const shown = element("div", { className: "tried" });
  shown.setAttribute("role", "region");
  shown.setAttribute("aria-label", "What came back");
  shown.hidden = true;
  details.append(form, shown);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show(shown, requestOf(method, path, controls));
  });
}

function parameterControl(prefix, { name, in: where, required, description, schema }, question) {
  const known = question?.parameters.find((parameter) => parameter.name === name);
  const values = schema.enum ?? schema.items?.enum ?? known?.values ?? [];
  const isMany = schema.type === "array" && values.length > 0;
  const field = values.length ? element("select", { multiple: isMany }) : element("input");
  if (isMany) field.size = Math.min(values.length, 5);
  else if (values.length && !required) field.add(new Option("", ""));
  for (const value of values) field.add(new Option(value, value));
  field.required = Boolean(required);
  const defaults = known?.defaults.length ? ` Without it: ${known.defaults.join(", ")}.` : "";
  return control(prefix, name, where, field, `${description}${defaults}`);
}

function bodyControl(prefix) {
  const field = element("textarea", { required: true, value: "SELECT * { ?s ?p ?o } LIMIT 5" });
  return control(prefix, "query", "body", field, "A SPARQL query, sent as a form.");
}

function suffixControl(prefix, { parameters }) {
  const { schema } = parameters.find(({ name }) => name === "suffix");
  const field = element("select");
  field.add(new Option("none: by Accept", ""));
  for (const suffix of schema.enum) field.add(new Option(`.${suffix}`, suffix));
  if (schema.enum.includes("csv")) field.value = "csv";
  return control(prefix, "suffix", "suffix", field, "Beats Accept.");
}

function acceptControl(prefix, { responses }) {
  const types = Object.keys(responses["200"]?.content ?? {});
  if (types.length < 2) return undefined;
  const field = element("select");
  field.add(new Option("*/*", "*/*"));
  for (const type of types) field.add(new Option(type, type));
  return control(prefix, "Accept", "header", field, "The type that is asked for.");
}

function control(prefix, name, where, field, description) {
  field.id = `${prefix}-${where}-${name}`;
  const hint = element("p", { className: "hint", id: `${field.id}-hint`, textContent: description });
  field.setAttribute("aria-describedby", hint.id);
  const label = element("label", { htmlFor: field.id, textContent: name });
  const values = () =>
    (field.multiple ? [...field.selectedOptions].map((option) => option.value) : [field.value]).filter(
      (value) => value.trim(),
    );
  return { name, where, values, element: element("div", {}, label, hint, field) };
}

function requestOf(method, path, controls) {
  const at = (where) => controls.filter((one) => one.where === where);
  const pairs = (where) => at(where).flatMap(({ name, values }) => values().map((v) => [name, v]));
  let target = path;
  for (const { name, values } of at("path")) {
    target = target.replace(`{${name}}`, encodeURIComponent(values()[0] ?? ""));
  }
  const suffix = at("suffix").flatMap(({ values }) => values());
  if (suffix.length) target += `.${suffix[0]}`;
  const query = new URLSearchParams(pairs("query"));
  const headers = Object.fromEntries(pairs("header").filter(([, value]) => value !== "*/*"));
  const body = method === "post" ? new URLSearchParams(pairs("body")) : undefined;
  const url = `${server}${target}${query.size ? `?${query}` : ""}`;
  return { url, method: method.toUpperCase(), headers, body };
}

async function show(shown, { url, ...request }) {
  shown.hidden = false;
  const status = element("p", { className: "status", textContent: "Waiting…" });
  status.setAttribute("role", "status");
  const curl = element("pre", { textContent: curlOf(url, request) });
  shown.replaceChildren(status, curl);
  addButton(curl);
  let response;
  let bytes;
  try {
    response = await fetch(url, request);
    bytes = await response.arrayBuffer();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    status.textContent = "The answer broke off, or the server cannot be reached.";
    return;
  }
  status.textContent = `${response.status} ${response.statusText}, ${bytes.byteLength} bytes`;
  const list = element("dl", { className: "facts" });
  for (const name of HEADERS.filter((name) => response.headers.has(name))) {
    const value = element("dd", { textContent: response.headers.get(name) });
    list.append(element("dt", { textContent: name }), value);
  }
  shown.append(list, bodyOf(response, bytes));
}

function bodyOf(response, bytes) {
  if (!READABLE.test(response.headers.get("Content-Type"))) {
    return element("p", { className: "quiet", textContent: "The body is no text." });
  }
  const text = new TextDecoder().decode(bytes);
  const body = element("pre", { tabIndex: 0, textContent: text.slice(0, MOST) });
  body.setAttribute("role", "region");
  body.setAttribute("aria-label", "Body");
  if (text.length > MOST) body.append(`\n… ${text.length - MOST} more characters`);
  return body;
}

function curlOf(url, { headers, body }) {
  const quoted = (text) => `'${text.replaceAll("'", `'\\''`)}'`;
  const parts = Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`);
  for (const [name, value] of body ?? []) parts.push(`--data-urlencode ${quoted(`${name}=${value}`)}`);
  return ["curl", quoted(url), ...parts].join(" ");
}

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}
