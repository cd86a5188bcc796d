document.querySelector("#t1 .pattern[data-view='t1v0'].e2 ~ *, #t1 li:nth-child(5) .pattern").open = true;
