// Draw triples: nodes in the colour and shape of their class, links that say their name when they
// are pointed at, a legend that hides and shows classes.

import cytoscape from "cytoscape";
import fcose from "cytoscape-fcose";
import { graphOf, kindsOf, lookUp } from "./nodes.js";

cytoscape.use(fcose);
cytoscape.warnings(false);

const FEW = 20; // links whose names are all shown
const CLOSE = 1.6; // the zoom at which the names of all links are
const MANY = 40; // nodes above which leaves are hidden at first
const LETTERS = 12; // px of a name on the screen
const WORDS = 30; // characters of a node's name that are shown
const COLOURS = 6;
const SHAPES = [
  "ellipse", "round-rectangle", "diamond", "triangle", "hexagon", "star",
  "pentagon", "rhomboid", "octagon", "vee",
];
const HINT =
  "Point at a node or a link to see names, choose a node to see what is said of it. " +
  "Drag to move, scroll to zoom. Classes that are struck out are hidden.";

export async function draw(place, statements, about, most) {
  const { nodes, links, left } = graphOf(statements, about, most);
  await lookUp(nodes, about.endpoint);
  const kinds = kindsOf({ nodes, links }, about, SHAPES.length);
  const [canvas, told] = makeFrame(nodes, links);
  told.textContent = HINT;
  if (left) told.textContent += ` These are the first ${most} nodes; ${left} more are in the table.`;
  const legend = makeLegend(kinds, nodes.size > MANY ? "leaf" : "");
  place.append(legend, canvas, told);
  withoutInlineStyle(canvas);
  const drawing = cytoscape({
    container: canvas,
    elements: [
      ...kinds.flatMap(({ key, ids }) =>
        ids.map((id) => ({
          data: { id, name: short(nodes.get(id).name || about.names.compact(id)) },
          classes: key,
        })),
      ),
      ...links.map((data) => ({ data })),
    ],
    style: styleOf(getComputedStyle(document.documentElement)),
    layout: { name: "null" },
    maxZoom: 4,
  });
  for (const button of legend.querySelectorAll('[aria-pressed="false"]')) show(drawing, button);
  drawing
    .elements(":visible")
    .layout({
      name: "fcose",
      animate: false,
      nodeDimensionsIncludeLabels: false,
      padding: 20,
      idealEdgeLength: () => 120,
      nodeRepulsion: () => 30_000,
    })
    .run();
  const nameAgain = nameMost(drawing);
  nameLinks(drawing, links.length <= FEW);
  drawing.on("tap", "node", ({ target }) => {
    tell(told, target.id(), nodes.get(target.id()), about.names);
    point(drawing, target.closedNeighborhood());
  });
  drawing.on("tap", ({ target }) => target === drawing && unpoint(drawing));
  legend.addEventListener("click", ({ target }) => {
    toggle(drawing, target.closest("button"));
    nameAgain();
  });
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

function makeLegend(kinds, hidden) {
  const legend = document.createElement("ul");
  legend.className = "legend";
  legend.setAttribute("aria-label", "Classes; a button hides or shows its nodes");
  for (const { key, label, ids } of kinds) {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.kind = key;
    button.setAttribute("aria-pressed", String(key !== hidden));
    const swatch = document.createElement("span");
    swatch.className = `swatch ${key}`;
    const count = document.createElement("span");
    count.className = "quiet";
    count.textContent = ids.length;
    button.append(swatch, ` ${label} `, count);
    const item = document.createElement("li");
    item.append(button);
    legend.append(item);
  }
  return legend;
}

function toggle(drawing, button) {
  if (!button) return;
  button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") === "false"));
  show(drawing, button);
}

function show(drawing, button) {
  const isShown = button.getAttribute("aria-pressed") === "true";
  drawing.nodes(`.${button.dataset.kind}`).style("display", isShown ? "element" : "none");
}

// Names keep their size on the screen, and stand where there is room: first those of the nodes with
// the most links, and of classes that the legend names.
function nameMost(drawing) {
  const rank = (node) => node.degree() - (node.is(".rest, .leaf") ? drawing.edges().length : 0);
  const nodes = drawing.nodes().sort((one, other) => rank(other) - rank(one));
  const byZoom = () => {
    const size = LETTERS / Math.min(drawing.zoom(), 1.3);
    const taken = nodes.filter(":visible").map((node) => boxAround(node.renderedPosition(), 14, 14));
    drawing.batch(() => {
      drawing.elements().style("font-size", size);
      nodes.forEach((node) => {
        const box = boxOfName(node);
        const hasRoom = node.visible() && !taken.some((other) => overlap(box, other));
        if (hasRoom) taken.push(box);
        node.toggleClass("named", hasRoom);
      });
    });
  };
  drawing.on("zoom", byZoom);
  drawing.on("free", "node", byZoom);
  byZoom();
  return byZoom;
}

function boxOfName(node) {
  const { x, y } = node.renderedPosition();
  const width = node.data("name").length * LETTERS * 0.56;
  return boxAround({ x, y: y + node.renderedHeight() / 2 + LETTERS }, width, LETTERS * 1.2);
}

function boxAround({ x, y }, width, height) {
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
}

function overlap(one, other) {
  return (
    one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom
  );
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
        width: 20,
        height: 20,
        "text-valign": "bottom",
        "text-margin-y": 3,
      },
    },
    { selector: "node.named, node.pointed", style: { label: "data(name)" } },
    { selector: "node.pointed", style: { "z-index": 9 } },
    ...SHAPES.map((shape, kind) => ({
      selector: `node.kind-${kind}`,
      style: { shape, "background-color": colour(`--plot-${(kind % COLOURS) + 1}`) },
    })),
    {
      selector: "node.rest, node.leaf",
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
