// What every page loads: one module for each behaviour. Without it, pages read the same.
// What only some pages need and is not small is imported where its elements are found.

import "./pages/copy.js";
import "./pages/sort.js";
import { start as filter } from "./pages/filter.js";
import { start as finding } from "./pages/finding.js";
import { start as place } from "./pages/place.js";
import { start as pool } from "./pages/pool.js";
import { start as search } from "./pages/search.js";
import { start as tips } from "./pages/tips.js";

for (const start of [filter, finding, place, pool, search, tips]) start(document);
if (document.querySelector("[data-openapi]")) import("./pages/try.js");
