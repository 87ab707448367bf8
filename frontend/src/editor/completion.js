// Complete prefixes, classes and properties from the vocabulary of the graph that is served.

import Yasgui from "@zazuko/yasgui";

const MOST = 100;

export function completeFrom({ prefixes, classes, properties }) {
  const { Yasqe } = Yasgui;
  const known = Yasqe.Autocompleters;
  const declarations = Object.entries(prefixes).map(([prefix, iri]) => `${prefix}: <${iri}>`);
  Yasqe.registerAutocompleter({
    ...known.prefixes,
    get: declarations,
    persistenceId: "allograph_prefixes",
  });
  for (const [name, terms] of Object.entries({ class: classes, property: properties })) {
    Yasqe.registerAutocompleter({
      ...known[name],
      get: (_editor, token) => matching(terms, token?.autocompletionString ?? ""),
      postProcessSuggestion: (editor, _token, iri) => written(editor, iri),
    });
  }
}

// IRIs that begin with what is typed; else those whose name or label holds it.
function matching(terms, typed) {
  const begin = terms.filter(({ iri }) => iri.startsWith(typed));
  const words = typed.toLowerCase();
  const found = begin.length
    ? begin
    : terms.filter(({ iri, label }) => `${nameIn(iri)} ${label}`.toLowerCase().includes(words));
  return found.slice(0, MOST).map(({ iri }) => iri);
}

function nameIn(iri) {
  return iri.slice(Math.max(iri.lastIndexOf("#"), iri.lastIndexOf("/")) + 1);
}

// As a CURIE wherever the query declares a prefix that fits, also when only a word was typed.
function written(editor, iri) {
  const declared = Object.entries(editor.getPrefixesFromQuery());
  const [prefix, namespace] = declared.find(([, start]) => iri.startsWith(start)) ?? [];
  return namespace ? `${prefix}:${iri.slice(namespace.length)}` : `<${iri}>`;
}
