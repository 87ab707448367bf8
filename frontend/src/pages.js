// What every page loads: one module for each behaviour. Without it, pages read the same.

import "./pages/copy.js";
