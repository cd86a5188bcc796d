const said = document.createElement("pre");
said.id = "said";
document.body.append(said);
const say = (text) => said.append(`${text}\n`);
const expect = (what, is, wanted) => { if (is !== wanted) say(`${what}: ${is}, and not ${wanted}`); };
const all = (selector) => [...document.querySelectorAll(selector)];
const seen = (selector) => all(selector).filter((element) => element.offsetParent !== null);
const key = (target, name) => target.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true }));
const type = (text) => {
  const search = document.querySelector("#search");
  search.value = text;
  search.dispatchEvent(new Event("input"));
};
(async () => {
  try {
    expect("tables in front", seen("section.table").length, 1);
    expect("the hash opens the table", seen("section.table")[0].id, "t1");
    expect("items of the carts", seen(".item").length, 12);

    all(".tables a")[3].click();
    expect("the fourth table", seen("section.table")[0].id, "t3");
    expect("its views in front", seen(".view").length, 1);
    const tabs = seen(".tabs a");
    tabs[1].click();
    expect("the index is in front", seen(".view")[0].id, "t3v1");
    expect("its tab says so", tabs[1].getAttribute("aria-selected"), "true");
    key(tabs[1], "ArrowRight");
    expect("an arrow goes round", seen(".view")[0].id, "t3v0");

    type("GRACE chess");
    expect("found items", seen(".item").length, 2);
    expect("found partitions", seen(".block").length, 1);
    expect("how many", document.querySelector(".found").textContent, "2 of 8 items");
    type("nothing of that kind");
    expect("nothing found", seen(".item").length, 0);
    key(document.body, "Escape");
    expect("all are back", seen(".item").length, 8);
    key(document.body, "/");
    expect("the slash goes to the search", document.activeElement.id, "search");

    seen(".chip")[1].click();
    expect("without the second entity", seen(".item").length, 6);
    seen(".chip")[1].click();
    expect("and with it", seen(".item").length, 8);

    const first = seen(".item")[0];
    first.focus();
    key(first, "Enter");
    expect("an item opens", first.classList.contains("open"), true);
    key(first, "ArrowDown");
    expect("down to the next", document.activeElement, seen(".item")[1]);

    for (const pattern of seen(".pattern")) {
      pattern.open = true;
      await new Promise((done) => setTimeout(done, 50));
      const request = pattern.querySelector("a");
      expect("its view is in front", seen(".view")[0].id, pattern.dataset.view);
      expect("what it reads", seen(".hit").length, request.dataset.hits.split(" ").length);
      expect("one is open", seen(".pattern[open]").length, 1);
    }
    expect("no step aside", document.documentElement.scrollWidth <= innerWidth, true);
    say("done");
  } catch (error) {
    say(error.stack);
  }
})();
