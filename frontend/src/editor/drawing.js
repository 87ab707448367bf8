// Draw triples: a node for each IRI, a link for each triple between two; literals and types, which
// would only clutter, on asking.

import cytoscape from "cytoscape";
import fcose from "cytoscape-fcose";

cytoscape.use(fcose);

const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const LABEL = "http://www.w3.org/2000/01/rdf-schema#label";
const FEW = 20; // links whose names are all shown
const WORDS = 28; // characters of a node's name that are shown

export function draw(place, statements, names, most) {
  const { nodes, links, left } = graphOf(statements, names, most);
  const canvas = document.createElement("div");
  canvas.className = "drawing";
  canvas.setAttribute("role", "img");
  canvas.setAttribute(
    "aria-label",
    `Graph of ${nodes.size} nodes and ${links.length} links. The table holds the same triples.`,
  );
  const told = document.createElement("div");
  told.className = "told";
  told.setAttribute("role", "status");
  told.textContent = "Choose a node to see what is said of it and what its links mean. Drag to move, scroll to zoom.";
  if (left) told.textContent += ` These are the first ${most} nodes; ${left} more are in the table.`;
  place.append(canvas, told);
  withoutInlineStyle(canvas);
  const drawing = cytoscape({
    container: canvas,
    elements: [
      ...[...nodes].map(([id, { name }]) => ({ data: { id, name: short(name) } })),
      ...links.map((data) => ({ data })),
    ],
    style: styleOf(getComputedStyle(document.documentElement)),
    layout: {
      name: "fcose",
      animate: false,
      nodeDimensionsIncludeLabels: true,
      padding: 20,
      idealEdgeLength: () => 110,
      nodeRepulsion: () => 20_000,
    },
    maxZoom: 3,
  });
  drawing.on("tap", "node", ({ target }) => {
    drawing.edges().removeClass("named");
    target.connectedEdges().addClass("named");
    tell(told, target.id(), nodes.get(target.id()), names);
  });
  if (links.length <= FEW) drawing.edges().addClass("named");
  return drawing;
}

// Cytoscape adds a style element, which the policy of our pages refuses, unless there is something
// by this id. What it would say stands in editor.css.
function withoutInlineStyle(canvas) {
  const id = "__________cytoscape_stylesheet";
  if (document.getElementById(id)) return;
  const instead = document.createElement("template");
  instead.id = id;
  canvas.before(instead);
}

function graphOf(statements, names, most) {
  const nodes = new Map();
  const links = [];
  const beyond = new Set();
  const node = ({ value }) => {
    if (!nodes.has(value) && nodes.size >= most) beyond.add(value);
    else if (!nodes.has(value)) nodes.set(value, { name: names.compact(value), facts: [] });
    return nodes.get(value);
  };
  for (const { subject, predicate, object } of statements) {
    const from = node(subject);
    if (object.termType === "Literal" || predicate.value === TYPE) {
      from?.facts.push([predicate.value, names.compact(object.value)]);
      if (from && predicate.value === LABEL) from.name = object.value;
    } else if (from && node(object)) {
      const id = `${subject.value} ${predicate.value} ${object.value}`;
      const name = names.compact(predicate.value);
      links.push({ id, source: subject.value, target: object.value, name });
    }
  }
  return { nodes, links, left: beyond.size };
}

function short(name) {
  return name.length > WORDS ? `${name.slice(0, WORDS - 1)}…` : name;
}

function styleOf(page) {
  const colour = (name) => page.getPropertyValue(name).trim();
  const text = { color: colour("--ink"), "font-family": "system-ui, sans-serif" };
  return [
    {
      selector: "node",
      style: {
        ...text,
        label: "data(name)",
        width: 16,
        height: 16,
        "font-size": 13,
        "background-color": colour("--accent"),
        "text-valign": "bottom",
        "text-margin-y": 3,
      },
    },
    {
      selector: "edge",
      style: {
        ...text,
        width: 1,
        "font-size": 11,
        color: colour("--quiet"),
        "line-color": colour("--rule"),
        "target-arrow-color": colour("--quiet"),
        "target-arrow-shape": "triangle",
        "arrow-scale": 0.7,
        "curve-style": "bezier",
        "text-rotation": "autorotate",
        "text-background-color": colour("--paper"),
        "text-background-opacity": 0.8,
      },
    },
    {
      selector: "edge.named",
      style: { label: "data(name)", width: 2, "line-color": colour("--quiet") },
    },
    { selector: "node:selected", style: { "background-color": colour("--ink") } },
  ];
}

function tell(told, iri, { name, facts }, names) {
  const address = names.href(iri);
  const head = document.createElement(address ? "a" : "strong");
  if (address) head.href = address;
  head.textContent = name;
  const list = document.createElement("dl");
  list.className = "facts";
  for (const [predicate, value] of facts) {
    const term = document.createElement("dt");
    term.textContent = names.compact(predicate);
    const detail = document.createElement("dd");
    detail.textContent = value;
    list.append(term, detail);
  }
  told.replaceChildren(head, list);
}
