// What can stand at the cursor: variables, classes, properties, records and concepts.

import { endsInWords, expand, prefixOf, prefixesIn, tokensOf } from "./lexer.js";
import { readPatterns, TYPE } from "./patterns.js";
import { classesOf, ledTo, localOf } from "./vocabulary.js";

const MOST = 60;
const WORDS = /(?<=^|[\s{(.;,|/^])\p{L}[\p{L}\d-]*(?: +[\p{L}\d-]+){0,4}$/u;
const NAME = /(?<=^|[\s{(.;,|/^!=[])(?:\p{L}[\p{L}\d.-]*)?:[\p{L}\d_.%-]*$/u;
const VARIABLE = /[?$][\p{L}\d_]*$/u;
const PREFIX = /\bPREFIX\s+([\p{L}\d-]*:?)$/iu;
const KEYWORDS = new Set(
  (
    "a as ask asc base bind by construct count desc describe distinct exists false filter from " +
    "graph group having in limit minus named not offset optional order prefix select true undef " +
    "union values where"
  ).split(" "),
);

// What is being written before an offset: { kind, text, start }, and what is wanted there. Nothing
// within a comment or a text.
export function readCursor(query, offset) {
  const before = query.slice(0, offset);
  const line = before.slice(before.lastIndexOf("\n") + 1);
  if (endsInWords(before)) return undefined;
  const typed = typedIn(line);
  const start = offset - typed.text.length;
  const { here } = readPatterns(tokensOf(query.slice(0, start)));
  const rest = tokensOf(query.slice(0, start) + " " + query.slice(offset));
  const { triples } = readPatterns(rest);
  return { typed, start, here, triples, declared: prefixesIn(tokensOf(query)) };
}

function typedIn(line) {
  const found = (kind, match) => match && { kind, text: match[1] ?? match[0] };
  const words = found("words", line.match(WORDS));
  // A keyword before other words is none of those that are looked for; alone it may become one.
  const isKeyword = (text) => KEYWORDS.has(text.split(" ")[0].toLowerCase());
  while (words?.text.includes(" ") && isKeyword(words.text)) {
    words.text = words.text.replace(/^\S+ +/, "");
  }
  return (
    found("prefix", line.match(PREFIX)) ??
    found("name", line.match(NAME)) ??
    found("variable", line.match(VARIABLE)) ??
    words ?? { kind: "nothing", text: "" }
  );
}

// The offers at a cursor, best first; ``counts`` maps the IRIs of values to how often this query
// would find them, where that was asked.
export function offersAt(cursor, vocabulary, counts) {
  const { typed, here, declared } = cursor;
  if (typed.kind === "prefix") return prefixOffers(typed, vocabulary);
  if (typed.kind === "variable") return variableOffers(cursor);
  const prefixes = { ...vocabulary.prefixes, ...declared };
  const ranked = rankedAt(cursor, vocabulary, prefixes, counts);
  const fits = fitting(typed, prefixes);
  return ranked
    .map((offer) => ({ ...offer, fit: fits(offer.term) }))
    .filter(({ fit }) => fit > 0)
    .toSorted((one, other) => other.fit - one.fit || other.weight - one.weight)
    .slice(0, MOST)
    .map((offer) => ({
      ...offer,
      text: nameFor(offer.term.iri, prefixes),
      isProperty: here.wants === "predicate",
    }));
}

function prefixOffers({ text }, { prefixes }) {
  return Object.entries(prefixes)
    .filter(([prefix]) => `${prefix}:`.startsWith(text))
    .map(([prefix, iri]) => ({ text: `${prefix}: <${iri}>` }));
}

function variableOffers({ typed, triples }) {
  const known = triples.flatMap(({ subject, object }) => [subject, object]);
  const names = new Set(known.filter(({ kind }) => kind === "variable").map(({ text }) => text));
  names.delete(typed.text);
  return [...names].filter((name) => name.startsWith(typed.text)).map((text) => ({ text }));
}

function rankedAt({ typed, here, triples }, vocabulary, prefixes, counts) {
  const iriOf = (token) => (token.text === "a" ? TYPE : expand(token, prefixes));
  const everything = vocabulary.all.map((term) => ({ term, weight: term.used }));
  switch (here.wants) {
    case "predicate": {
      const before = here.path.at(-1);
      const classes = before
        ? ledTo(iriOf(before), vocabulary)
        : classesOf(here.subject, triples, vocabulary, (token) => expand(token, prefixes));
      const main = vocabulary.mainClass(classes);
      return vocabulary.propertiesOf(classes).map(({ term, weight }) => ({
        term,
        weight,
        note: main ? ofMembers(term, main) : "",
        isNone: main && !weight,
      }));
    }
    case "object":
    case "value": {
      const property = here.wants === "object" ? iriOf(here.path.at(-1)) : propertyOf(here, triples, iriOf);
      return valuesOf(property, typed, vocabulary, counts) ?? everything;
    }
    case "subject":
    case "expression":
      return everything;
    default:
      return typed.kind === "name" ? everything : [];
  }
}

// The property whose values a variable stands for.
function propertyOf({ variables, at }, triples, iriOf) {
  const variable = variables[at % variables.length];
  const found = triples.find(({ object, path }) => object.text === variable && path.length);
  return found && iriOf(found.path.at(-1));
}

function valuesOf(property, typed, vocabulary, counts) {
  if (property === TYPE) {
    return vocabulary.classes.map((term) => ({
      term,
      weight: term.used * (1 + term.asked),
      note: counts ? matching(counts.get(term.iri)) : many(term.used),
    }));
  }
  const kinds = vocabulary.get(property)?.kinds ?? [];
  if (!kinds.length && typed.kind !== "name") return property ? [] : undefined;
  const of = vocabulary.things.filter(({ kind }) => kinds.includes(kind));
  if (!of.length) return undefined;
  return of.map((term) => ({
    term,
    weight: counts ? (counts.get(term.iri) ?? 0) * 1000 + term.used / 1000 : term.used,
    note: counts ? matching(counts.get(term.iri)) : "",
    isNone: Boolean(counts) && !counts.get(term.iri),
  }));
}

// How well a term fits what is typed: 0 is not at all.
function fitting({ kind, text }, prefixes) {
  if (kind === "nothing") return () => 1;
  if (kind === "name") {
    const namespace = prefixes[prefixOf({ text })];
    const local = text.slice(text.indexOf(":") + 1).toLowerCase();
    return (term) => {
      if (namespace === undefined || !term.iri.startsWith(namespace)) return 0;
      if (localOf(term.iri).toLowerCase().startsWith(local)) return 2;
      return local.length > 1 ? fitWords(local.split(/[-._]+/), term) : 0;
    };
  }
  const words = text.toLowerCase().split(/[ -]+/).filter(Boolean);
  return (term) => fitWords(words, term);
}

function fitWords(words, term) {
  return words.every((word) => term.words.some((known) => known.startsWith(word))) ? 1 : 0;
}

// The short name of an IRI; in brackets, where it has none.
export function nameFor(iri, prefixes) {
  const fits = Object.entries(prefixes).filter(([, start]) => start && iri.startsWith(start));
  const [prefix, namespace] = fits.toSorted(([, one], [, other]) => other.length - one.length)[0] ?? [];
  const local = namespace && iri.slice(namespace.length);
  return local && /^[\p{L}\d_][\p{L}\d_.-]*$/u.test(local) ? `${prefix}:${local}` : `<${iri}>`;
}

function ofMembers({ iri }, main) {
  const members = main.uses[iri] ?? 0;
  return members === main.used ? "all have it" : `${many(members)} of ${many(main.used)}`;
}

function matching(count) {
  return count ? `${many(count)} match` : "none match";
}

function many(count) {
  return count.toLocaleString("en");
}
