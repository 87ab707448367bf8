// The triple patterns of a query, and what is wanted behind its last token.
//
// Read leniently: a query that is being written is hardly ever a good one.

export const TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

const CLAUSES = new Set(["WHERE", "OPTIONAL", "UNION", "MINUS", "FILTER", "BIND", "GRAPH", "VALUES"]);
const MAY_FAIL = new Set(["OPTIONAL", "MINUS", "EXISTS", "UNION"]);
const MODIFIERS = new Set(["ORDER", "GROUP", "HAVING", "LIMIT", "OFFSET"]);

// Gives { triples, here }. A triple is { subject, path, isPlain, object, groups }: terms are
// tokens, a path is the tokens of its properties, and is plain if they follow each other. What is
// wanted ``here`` is a subject, predicate, object, value (of ``variable``), expression or nothing.
// ``groups`` are the pairs of braces around a triple.
export function readPatterns(tokens) {
  const reader = new Reader();
  for (const token of tokens) reader.read(token);
  return { triples: reader.triples, here: { ...reader.frame, groups: reader.groups } };
}

class Reader {
  triples = [];
  stack = [];
  groups = [];
  frame = { wants: "nothing" };
  word = "";
  blanks = 0;

  read(token) {
    if (token.kind === "mark") this[MARKS[token.text]]?.(token.text);
    else if (token.kind === "word" && token.text !== "a") this.keyword(token.text.toUpperCase());
    else this.term(token);
  }

  push(frame) {
    this.stack.push(this.frame);
    this.frame = frame;
  }

  pop() {
    this.frame = this.stack.pop() ?? { wants: "nothing" };
  }

  // Begin anew within the same group.
  restart(wants, more = {}) {
    this.frame = { wants, isGroup: this.frame.isGroup, ...more };
  }

  keyword(word) {
    this.word = word;
    if (MODIFIERS.has(word)) this.restart("nothing");
    else if (!CLAUSES.has(word)) return;
    else if (word === "VALUES") this.restart("variables", { variables: [] });
    else if (this.stack.length) this.restart(word === "GRAPH" ? "graph" : "subject");
  }

  openGroup() {
    const { wants, variables } = this.frame;
    if (wants === "variables") {
      this.restart("subject");
      this.push({ wants: "value", variables, at: 0 });
    } else {
      this.groups = [...this.groups, { mayFail: MAY_FAIL.has(this.word) }];
      this.push({ wants: "subject", isGroup: true });
    }
    this.word = "";
  }

  closeGroup() {
    while (this.stack.length && !this.frame.isGroup && this.frame.wants !== "value") this.pop();
    if (this.frame.isGroup) this.groups = this.groups.slice(0, -1);
    this.pop();
    if (this.frame.wants !== "nothing") this.restart("subject");
  }

  openBracket() {
    const { wants } = this.frame;
    if (wants === "value") this.frame.at = 0;
    else if (wants !== "predicate" && wants !== "variables") this.push({ wants: "expression" });
  }

  closeBracket() {
    if (this.frame.wants === "expression") this.pop();
  }

  openBlank() {
    this.blanks += 1;
    const subject = { kind: "blank", text: `[${this.blanks}` };
    this.push({ wants: "predicate", subject, path: [], isPlain: true });
  }

  closeBlank() {
    const { subject } = this.frame;
    this.pop();
    if (subject?.kind === "blank") this.term(subject);
  }

  endTriple() {
    if (this.frame.subject) this.restart("subject");
  }

  nextPredicate() {
    if (this.frame.subject) this.frame = { ...this.frame, wants: "predicate", path: [], isPlain: true };
  }

  nextObject() {
    if (this.frame.wants === "end") this.frame = { ...this.frame, wants: "object" };
  }

  continuePath(mark) {
    const { wants, isPlain } = this.frame;
    if (wants === "object") {
      this.frame = { ...this.frame, wants: "predicate", isPlain: isPlain && mark === "/" };
    }
  }

  bendPath() {
    if (this.frame.path) this.frame = { ...this.frame, isPlain: false };
  }

  term(token) {
    const { frame } = this;
    switch (frame.wants) {
      case "subject":
        this.frame = { ...frame, wants: "predicate", subject: token, path: [], isPlain: true };
        break;
      case "predicate":
        this.frame = { ...frame, wants: "object", path: [...frame.path, token] };
        break;
      case "object": {
        const { subject, path, isPlain } = frame;
        this.triples.push({ subject, path, isPlain, object: token, groups: this.groups });
        this.frame = { ...frame, wants: "end" };
        break;
      }
      case "variables":
        frame.variables.push(token.text);
        break;
      case "value":
        frame.at += 1;
        break;
      case "graph":
        this.restart("subject");
        break;
    }
  }
}

const MARKS = {
  "{": "openGroup",
  "}": "closeGroup",
  "(": "openBracket",
  ")": "closeBracket",
  "[": "openBlank",
  "]": "closeBlank",
  ".": "endTriple",
  ";": "nextPredicate",
  ",": "nextObject",
  "/": "continuePath",
  "|": "continuePath",
  "^": "bendPath",
  "!": "bendPath",
  "*": "bendPath",
  "+": "bendPath",
  "?": "bendPath",
};
