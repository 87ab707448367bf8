// The nodes and links of triples, with what they are called and which class they are of.

import { TYPE } from "./patterns.js";

const LABEL = "http://www.w3.org/2000/01/rdf-schema#label";

// A node for each IRI or blank node, up to a number; a link for each triple between two. Literals
// and types, which would only clutter, are facts of their node.
export function graphOf(statements, { names, vocabulary }, most) {
  const nodes = new Map();
  const links = [];
  const beyond = new Set();
  const node = ({ value, termType }) => {
    if (!nodes.has(value) && nodes.size >= most) beyond.add(value);
    else if (!nodes.has(value)) {
      const name = vocabulary.get(value)?.label;
      nodes.set(value, { name, isNamed: termType === "NamedNode", classes: [], facts: [] });
    }
    return nodes.get(value);
  };
  const called = (iri) => vocabulary.get(iri)?.label || names.compact(iri);
  for (const { subject, predicate, object } of statements) {
    const from = node(subject);
    if (predicate.value === TYPE) from?.classes.push(object.value);
    else if (object.termType === "Literal") {
      from?.facts.push([called(predicate.value), object.value]);
      if (from && predicate.value === LABEL) from.name = object.value;
    } else if (from && node(object)) {
      const id = `${subject.value} ${predicate.value} ${object.value}`;
      links.push({ id, source: subject.value, target: object.value, name: called(predicate.value) });
    }
  }
  return { nodes, links, left: beyond.size };
}

// Ask for labels and classes that the triples do not tell.
export async function lookUp(nodes, endpoint) {
  const unsure = [...nodes].filter(([, { name, classes, isNamed }]) => isNamed && !(name && classes.length));
  if (!unsure.length) return;
  const iris = unsure.map(([iri]) => `<${iri}>`).join(" ");
  const query =
    `SELECT ?iri (SAMPLE(?name) AS ?label) (GROUP_CONCAT(DISTINCT ?type; SEPARATOR = " ") AS ?classes)` +
    ` WHERE { VALUES ?iri { ${iris} } OPTIONAL { ?iri <${LABEL}> ?name } OPTIONAL { ?iri a ?class` +
    ` BIND(STR(?class) AS ?type) } } GROUP BY ?iri`;
  try {
    const headers = { Accept: "application/sparql-results+json" };
    const answer = await fetch(endpoint, { method: "POST", body: new URLSearchParams({ query }), headers });
    if (!answer.ok) return;
    for (const { iri, label, classes } of (await answer.json()).results.bindings) {
      const node = nodes.get(iri.value);
      node.name ??= label?.value;
      if (!node.classes.length) node.classes = classes?.value.split(" ").filter(Boolean) ?? [];
    }
  } catch (error) {
    // Without them the drawing is still one.
    if (!(error instanceof TypeError)) throw error;
  }
}

// The classes of the nodes, first those that people ask for, at most a number: { key, label, ids }.
// The others are two: those with several links, and those with one, such as places in a text.
export function kindsOf({ nodes, links }, { vocabulary, names }, most) {
  const kinds = new Map();
  for (const [id, { classes }] of nodes) {
    const main = vocabulary.mainClass(classes);
    const label = kindOf(id, main, vocabulary, names);
    if (!kinds.has(label)) kinds.set(label, { label, ids: [], asked: main?.asked ?? 0 });
    kinds.get(label).ids.push(id);
  }
  const inOrder = [...kinds.values()].toSorted(
    (one, other) => other.asked - one.asked || other.ids.length - one.ids.length,
  );
  const named = inOrder.filter(({ label }) => label).slice(0, most);
  const rest = inOrder.filter((kind) => !named.includes(kind)).flatMap(({ ids }) => ids);
  const count = countLinks(links);
  const isLeaf = (id) => count.get(id) === 1;
  return [
    ...named.map(({ label, ids }, at) => ({ key: `kind-${at}`, label, ids })),
    { key: "rest", label: "other", ids: rest.filter((id) => !isLeaf(id)) },
    { key: "leaf", label: "other, with one link", ids: rest.filter(isLeaf) },
  ].filter(({ ids }) => ids.length);
}

function countLinks(links) {
  const count = new Map();
  for (const { source, target } of links) {
    for (const id of [source, target]) count.set(id, (count.get(id) ?? 0) + 1);
  }
  return count;
}

// A class of ours, else the list that a concept is of, else a class of others, else nothing.
function kindOf(id, main, vocabulary, names) {
  const isOurs = main?.iri.startsWith(vocabulary.base);
  if (isOurs) return main.label;
  return vocabulary.get(id)?.kind ?? (main ? main.label || names.compact(main.iri) : "");
}
