// IRIs as people read and follow them: short by their prefixes, ours to be found on this server.

export class Names {
  constructor({ base, root, prefixes }) {
    this.base = base;
    this.root = root;
    this.prefixes = prefixes;
    this.longestFirst = Object.entries(prefixes).sort(
      ([, one], [, other]) => other.length - one.length,
    );
  }

  // The same with further prefixes.
  with(prefixes) {
    return new Names({ ...this, prefixes: { ...this.prefixes, ...prefixes } });
  }

  compact(iri) {
    const fits = ([, start]) => start && iri.startsWith(start) && iri.length > start.length;
    const [prefix, namespace] = this.longestFirst.find(fits) ?? [];
    return namespace ? `${prefix}:${iri.slice(namespace.length)}` : iri;
  }

  // Nothing for an IRI that no browser should follow.
  href(iri) {
    if (iri.startsWith(this.base)) return `${this.root}/${iri.slice(this.base.length)}`;
    return /^https?:\/\//.test(iri) ? iri : undefined;
  }
}
