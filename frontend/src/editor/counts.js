// How often each value would stand at the cursor, given what the query says already.

import { expand } from "./lexer.js";
import { TYPE } from "./patterns.js";

const MOST = 1000;
const SECONDS = 2;

export class Counts {
  constructor(endpoint, vocabulary) {
    this.endpoint = endpoint;
    this.vocabulary = vocabulary;
    this.asked = new Map();
  }

  // A map of IRIs to counts, or nothing where the query is not plain enough or the server is slow.
  at(cursor) {
    const query = countingQuery(cursor, { ...this.vocabulary.prefixes, ...cursor.declared }, this.vocabulary);
    if (!query) return undefined;
    if (!this.asked.has(query)) this.asked.set(query, this.ask(query));
    return this.asked.get(query);
  }

  async ask(query) {
    const body = new URLSearchParams({ query, timeout: SECONDS });
    const headers = { Accept: "application/sparql-results+json" };
    try {
      const answer = await fetch(this.endpoint, { method: "POST", body, headers });
      if (!answer.ok) return undefined;
      const { results } = await answer.json();
      // Where nothing is found, the fault is elsewhere in the query.
      if (!results.bindings.length) return undefined;
      return new Map(results.bindings.map(({ value, n }) => [value.value, Number(n.value)]));
    } catch (error) {
      if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error;
      return undefined;
    }
  }
}

// The triples that must hold and hang together with the subject, and the values of its property.
function countingQuery({ here, triples }, prefixes, vocabulary) {
  if (here.wants !== "object" || !here.isPlain || here.subject.kind === "blank") return undefined;
  const last = here.path.at(-1);
  const isNamed = last.text === "a" || vocabulary.get(expand(last, prefixes))?.kinds.length;
  if (!isNamed) return undefined;
  const write = (token) => {
    if (token.kind === "variable") return `?${token.text.slice(1)}`;
    if (token.kind === "word" && token.text === "a") return `<${TYPE}>`;
    const iri = expand(token, prefixes);
    return iri && `<${iri}>`;
  };
  const pathOf = (path) => (path.every(write) ? path.map(write).join("/") : undefined);
  const path = here.path.every(({ kind }) => kind !== "variable") && pathOf(here.path);
  const subject = write(here.subject);
  if (!path || !subject) return undefined;
  const holding = triples.filter(
    ({ groups, isPlain, path: steps }) =>
      isPlain &&
      steps.every(({ kind }) => kind !== "variable") &&
      groups.every((group) => !group.mayFail) &&
      groups.length <= here.groups.length,
  );
  const lines = new Set();
  const reached = new Set([subject]);
  for (let size = -1; size !== lines.size; ) {
    size = lines.size;
    for (const triple of holding) {
      const ends = [write(triple.subject), write(triple.object)];
      const steps = pathOf(triple.path);
      if (!steps || !ends[0] || !ends[1] || !ends.some((end) => reached.has(end))) continue;
      lines.add(`${ends[0]} ${steps} ${ends[1]} .`);
      for (const end of ends) if (end.startsWith("?")) reached.add(end);
    }
  }
  return (
    `SELECT ?value (COUNT(DISTINCT ?counted) AS ?n) WHERE { ${[...lines].join(" ")}` +
    ` ${subject} ${path} ?value . BIND(${subject} AS ?counted) }` +
    ` GROUP BY ?value ORDER BY DESC(?n) LIMIT ${MOST}`
  );
}
