// Draw triples: nodes in the colour and shape of their class, links that say their name when they
// are pointed at, a legend that hides and shows classes.

import cytoscape from "cytoscape";
import fcose from "cytoscape-fcose";
import { graphOf, kindsOf, lookUp } from "./nodes.js";

cytoscape.use(fcose);

const FEW = 20; // links whose names are all shown
const CLOSE = 1.6; // the zoom at which the names of all links are
const WORDS = 30; // characters of a node's name that are shown
const SHAPES = ["ellipse", "round-rectangle", "diamond", "triangle", "hexagon", "star"];
const HINT =
  "Point at a node or a link to see its names, choose a node to see what is said of it. Drag to move, scroll to zoom.";

export async function draw(place, statements, about, most) {
  const { nodes, links, left } = graphOf(statements, about, most);
  await lookUp(nodes, about.endpoint);
  const kinds = kindsOf(nodes, about.vocabulary, SHAPES.length);
  const [canvas, told] = makeFrame(nodes, links);
  told.textContent = HINT;
  if (left) told.textContent += ` These are the first ${most} nodes; ${left} more are in the table.`;
  const legend = makeLegend(kinds);
  place.append(legend, canvas, told);
  withoutInlineStyle(canvas);
  const drawing = cytoscape({
    container: canvas,
    elements: [
      ...kinds.flatMap(({ ids, isRest }, kind) =>
        ids.map((id) => ({
          data: { id, name: short(nodes.get(id).name || about.names.compact(id)) },
          classes: isRest ? "rest" : `kind-${kind}`,
        })),
      ),
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
    maxZoom: 4,
    wheelSensitivity: 0.4,
  });
  nameLinks(drawing, links.length <= FEW);
  drawing.on("tap", "node", ({ target }) => {
    tell(told, target.id(), nodes.get(target.id()), about.names);
    point(drawing, target.closedNeighborhood());
  });
  drawing.on("tap", ({ target }) => target === drawing && unpoint(drawing));
  legend.addEventListener("click", ({ target }) => toggle(drawing, target.closest("button")));
  return drawing;
}

function makeFrame(nodes, links) {
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
  return [canvas, told];
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

function makeLegend(kinds) {
  const legend = document.createElement("ul");
  legend.className = "legend";
  legend.setAttribute("aria-label", "Classes; a button hides or shows its nodes");
  for (const [kind, { label, ids, isRest }] of kinds.entries()) {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.kind = isRest ? "rest" : `kind-${kind}`;
    button.setAttribute("aria-pressed", "true");
    const swatch = document.createElement("span");
    swatch.className = `swatch ${button.dataset.kind}`;
    button.append(swatch, ` ${label} `, Object.assign(document.createElement("span"), { className: "quiet", textContent: ids.length }));
    const item = document.createElement("li");
    item.append(button);
    legend.append(item);
  }
  return legend;
}

function toggle(drawing, button) {
  if (!button) return;
  const isShown = button.getAttribute("aria-pressed") === "true";
  button.setAttribute("aria-pressed", String(!isShown));
  drawing.nodes(`.${button.dataset.kind}`).style("display", isShown ? "none" : "element");
}

// Names of links: of those pointed at, of those of a node, and of all when they are few or near.
function nameLinks(drawing, areFew) {
  drawing.on("mouseover", "node", ({ target }) => point(drawing, target.closedNeighborhood()));
  drawing.on("mouseover", "edge", ({ target }) => point(drawing, target.union(target.connectedNodes())));
  drawing.on("mouseout", "node, edge", () => unpoint(drawing));
  const byZoom = () => drawing.edges().toggleClass("near", areFew || drawing.zoom() >= CLOSE);
  drawing.on("zoom", byZoom);
  byZoom();
}

function point(drawing, pointedAt) {
  drawing.batch(() => {
    drawing.elements().removeClass("pointed").addClass("faded");
    pointedAt.removeClass("faded").addClass("pointed");
  });
}

function unpoint(drawing) {
  const chosen = drawing.$("node:selected");
  if (chosen.length) point(drawing, chosen.closedNeighborhood());
  else drawing.elements().removeClass("pointed faded");
}

function short(name) {
  return name.length > WORDS ? `${name.slice(0, WORDS - 1)}…` : name;
}

function styleOf(page) {
  const colour = (name) => page.getPropertyValue(name).trim();
  const text = {
    color: colour("--ink"),
    "font-family": "system-ui, sans-serif",
    "text-background-color": colour("--paper"),
    "text-background-opacity": 0.85,
    "text-background-padding": 1,
  };
  return [
    {
      selector: "node",
      style: {
        ...text,
        label: "data(name)",
        width: 20,
        height: 20,
        "font-size": 12,
        "min-zoomed-font-size": 7,
        "text-wrap": "wrap",
        "text-max-width": 110,
        "text-valign": "bottom",
        "text-margin-y": 3,
      },
    },
    ...SHAPES.map((shape, kind) => ({
      selector: `node.kind-${kind}`,
      style: { shape, "background-color": colour(`--plot-${kind + 1}`) },
    })),
    {
      selector: "node.rest",
      style: {
        width: 12,
        height: 12,
        "background-color": colour("--paper"),
        "border-width": 2,
        "border-color": colour("--edge"),
      },
    },
    {
      selector: "edge",
      style: {
        ...text,
        width: 1.2,
        "font-size": 10,
        color: colour("--quiet"),
        "line-color": colour("--edge"),
        "target-arrow-color": colour("--edge"),
        "target-arrow-shape": "triangle",
        "arrow-scale": 0.8,
        "curve-style": "bezier",
        "text-rotation": "autorotate",
      },
    },
    { selector: "edge.near, edge.pointed", style: { label: "data(name)" } },
    {
      selector: "edge.pointed",
      style: {
        width: 2.5,
        color: colour("--ink"),
        "font-size": 12,
        "line-color": colour("--accent"),
        "target-arrow-color": colour("--accent"),
        "z-index": 9,
      },
    },
    { selector: ".faded", style: { opacity: 0.25 } },
    {
      selector: "node:selected",
      style: { "border-width": 3, "border-color": colour("--ink") },
    },
  ];
}

function tell(told, iri, { name, facts }, names) {
  const address = names.href(iri);
  const head = document.createElement(address ? "a" : "strong");
  if (address) head.href = address;
  head.textContent = name || names.compact(iri);
  const list = document.createElement("dl");
  list.className = "facts";
  for (const [called, value] of facts) {
    const term = document.createElement("dt");
    term.textContent = called;
    const detail = document.createElement("dd");
    detail.textContent = value;
    list.append(term, detail);
  }
  told.replaceChildren(head, list);
}
