const patterns = [...document.querySelectorAll("#t1 .pattern")];
patterns.find((pattern) => pattern.textContent.includes("of_cart")).open = true;
