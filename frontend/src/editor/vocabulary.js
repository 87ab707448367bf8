// The words of the graph as the editor needs them: by IRI, by namespace, by what they are called.

import { TYPE } from "./patterns.js";

// How alike two words are: a slip, or a guess where nothing else is known.
const [CLOSE, FAR] = [0.7, 0.45];

export class Vocabulary {
  constructor({ base, prefixes, classes, properties, things }) {
    this.base = base;
    this.prefixes = prefixes;
    this.classes = classes.map((term) => ({ ...term, is: "class" }));
    this.properties = properties.map((term) => ({ ...term, is: "property" }));
    this.things = things.map((term) => ({ ...term, is: "thing", kind: kindOf(term.iri, base) }));
    this.all = [...this.classes, ...this.properties, ...this.things];
    this.byIri = new Map(this.all.map((term) => [term.iri, term]));
    this.namespaces = new Set(this.all.map(({ iri }) => iri.slice(0, endOfNamespace(iri))));
    for (const term of this.all) term.words = wordsOf(term);
  }

  get(iri) {
    return this.byIri.get(iri);
  }

  // Whether all names of its namespace are known: a name that is not among them is a mistake.
  isOurs(iri) {
    const namespace = iri.slice(0, endOfNamespace(iri));
    return namespace.startsWith(this.base) && this.namespaces.has(namespace);
  }

  // The class that tells most of a node which has several: ours, and the widest.
  mainClass(iris) {
    const known = iris.map((iri) => this.get(iri)).filter((term) => term?.is === "class");
    const ours = known.filter(({ iri }) => iri.startsWith(this.base));
    return (ours.length ? ours : known).toSorted((one, other) => other.used - one.used)[0];
  }

  // Properties by how many members of the classes have them, and how many questions ask for them.
  propertiesOf(classes) {
    const weight = ({ iri, used, asked }) => {
      const members = classes.length
        ? Math.max(...classes.map((name) => this.get(name)?.uses[iri] ?? 0))
        : used;
      return members * (1 + asked);
    };
    return this.properties
      .map((term) => ({ term, weight: weight(term) }))
      .toSorted((one, other) => other.weight - one.weight);
  }

  // What was probably meant by an IRI that is not known; of two that are as near, what is used more.
  nearest(iri) {
    const end = endOfNamespace(iri);
    const [namespace, written] = [iri.slice(0, end), iri.slice(end)];
    const isOwn = (term) => endOfNamespace(term.iri) === end && term.iri.startsWith(namespace);
    const own = this.all.filter(isOwn);
    const isOfOntology = own.some(({ is }) => is === "property");
    const near = isOfOntology ? [...own, ...this.properties.filter((term) => !isOwn(term))] : own;
    const called = (term) => [localOf(term.iri), term.label, ...(term.names ?? [])].map(hyphenated);
    const exact = (terms) => terms.find((term) => called(term).includes(written.toLowerCase()));
    const [close] = near
      .map((term) => ({ term, likeness: likeness(written, localOf(term.iri)) }))
      .toSorted((one, other) => other.likeness - one.likeness || other.term.used - one.term.used);
    if (exact(own)) return exact(own);
    if (close?.likeness > CLOSE) return close.term;
    return exact(this.all) ?? (close?.likeness > FAR ? close.term : undefined);
  }
}

function kindOf(iri, base) {
  return iri.slice(base.length).split("/")[0];
}

function endOfNamespace(iri) {
  return Math.max(iri.lastIndexOf("#"), iri.lastIndexOf("/")) + 1;
}

export function localOf(iri) {
  return iri.slice(endOfNamespace(iri));
}

function hyphenated(words) {
  return words.toLowerCase().replaceAll(" ", "-");
}

// The words by which a term is found: of its name, its label and what else it is called.
function wordsOf({ iri, label, names = [] }) {
  const spelt = localOf(iri).replace(/(?<=\p{Ll})(?=\p{Lu})/gu, " ");
  return [spelt, label, ...names].join(" ").toLowerCase().split(/[^\p{L}\d]+/u).filter(Boolean);
}

// How alike two words are, from 0 to 1: the pairs of letters that both have.
function likeness(one, other) {
  const pairs = (word) => Array.from({ length: word.length + 1 }, (_, at) => ` ${word} `.slice(at, at + 2));
  const left = pairs(other);
  const shared = pairs(one).filter((pair) => {
    const at = left.indexOf(pair);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
  return (2 * shared.length) / (one.length + other.length + 2);
}

// The classes of a term of a query, as far as the query tells.
export function classesOf(term, triples, vocabulary, expand) {
  const isSame = (other) => other && other.kind === term.kind && other.text === term.text;
  const iriOf = (token) => (token.text === "a" && token.kind === "word" ? TYPE : expand(token));
  const mine = triples.filter(({ subject }) => isSame(subject));
  const told = mine
    .filter(({ path }) => path.length === 1 && iriOf(path[0]) === TYPE)
    .map(({ object }) => expand(object))
    .filter((iri) => vocabulary.get(iri)?.is === "class");
  if (told.length) return told;
  const led = triples
    .filter(({ object, path }) => isSame(object) && path.length)
    .flatMap(({ path }) => ledTo(iriOf(path.at(-1)), vocabulary));
  if (led.length) return [...new Set(led)];
  const used = mine.map(({ path }) => iriOf(path[0])).filter((iri) => vocabulary.get(iri)?.asked);
  if (!used.length) return [];
  return vocabulary.classes.filter(({ uses }) => used.every((iri) => uses[iri])).map(({ iri }) => iri);
}

export function ledTo(iri, vocabulary) {
  return (vocabulary.get(iri)?.leads_to ?? []).filter((name) => name.startsWith(vocabulary.base));
}
