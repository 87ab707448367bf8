// Triples as a drawing of nodes and links, which is loaded when it is first looked at.

const MOST = 300; // nodes

export function graphView(names, vocabulary, endpoint) {
  return class {
    priority = 5;
    label = "Graph";

    constructor(answers) {
      this.answers = answers;
    }

    get statements() {
      const { results } = this.answers;
      return (results?.getAsJson() && results.getStatements()) || [];
    }

    canHandleResults() {
      return this.statements.length > 0;
    }

    async draw() {
      const place = this.answers.resultsEl;
      const { draw } = await import("./drawing.js");
      const drawing = await draw(place, this.statements, { names, vocabulary, endpoint }, MOST);
      // Another view may have been chosen meanwhile.
      if (place.contains(drawing.container())) this.drawing = drawing;
      else drawing.destroy();
    }

    destroy() {
      this.drawing?.destroy();
      this.drawing = undefined;
    }
  };
}
