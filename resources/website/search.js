// Search and filters over an index of all studies, in the reader's browser.
//
// The page stands without this script. With it, the form filters the listing: what is asked for is kept in the
// address, so that a search can be linked to and the back button works. The index is fetched when first needed.
"use strict";

(() => {
  const KINDS = ["topic", "support_type", "collection"];
  const CHOICES = ["council", "region"];
  const DAYS = { from: "Published from", to: "Published to" };
  const FOLDERS = { topic: "topics", support_type: "support-types", collection: "collections", council: "councils" };
  const MONTHS = [
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
  ];
  const [NAME, TITLE, TEASER, BYLINE, DAY, TAGS, PICTURE] = [0, 1, 2, 3, 4, 5, 6];

  const listing = document.getElementById("listing");
  const form = document.getElementById("search");
  const list = document.getElementById("list");
  const status = document.getElementById("status");
  const filters = document.getElementById("filters");
  const toggle = document.getElementById("toggle");
  const sort = document.getElementById("sort");
  const council = document.getElementById("council");
  const region = document.getElementById("region");
  const inUse = document.getElementById("asked");
  const done = document.getElementById("done");
  const size = Number(listing.dataset.size);
  const asWritten = { nodes: [...list.childNodes], status: status.textContent };

  // Words

  const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f'’]/g, "").toLowerCase();
  const wordsOf = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) || [];
  const searchable = (text) => " " + wordsOf(text).join(" ");
  const counted = (n) => n.toLocaleString("en-GB") + (n === 1 ? " case study" : " case studies");
  const inWords = (day) => {
    const [year, month, date] = day.split("-").map(Number);
    return `${date} ${MONTHS[month - 1]} ${year}`;
  };

  const dayInWords = (day) => (/^\d{4}-\d\d-\d\d$/.test(day) ? inWords(day) : day);

  // The index

  let index = null;

  // A study is found under its own themes and under those above them, and in the regions of its councils.
  function upwards(list, places) {
    const all = new Set();
    for (let at of places) for (; at >= 0 && !all.has(at); at = list[at][2]) all.add(at);
    return [...all];
  }

  function prepared({ lists, studies }) {
    const found = studies.map((row, order) => {
      const under = {};
      for (const kind of KINDS) under[kind] = upwards(lists[kind], row[TAGS][kind] || []);
      under.council = row[TAGS].council || [];
      under.region = under.council.map((at) => lists.council[at][2]);
      under.programme = row[TAGS].programme || [];
      const labels = Object.entries(under).flatMap(([kind, places]) => places.map((at) => lists[kind][at]?.[1]));
      return {
        row,
        under,
        order,
        title: searchable(row[TITLE]),
        rest: searchable([row[BYLINE], ...labels].join(" ")),
        teaser: searchable(row[TEASER]),
        text: "",
      };
    });
    return { lists, studies: found };
  }

  const fetched = (address) => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = resolve;
    script.onerror = () => reject(new Error(`${address} did not load`));
    document.head.append(script);
  });

  // What is loaded once, and asked for again where it failed.
  function once(work) {
    let loading = null;
    return () => {
      loading ??= work().catch((error) => {
        loading = null;
        throw error;
      });
      return loading;
    };
  }

  const load = once(async () => {
    await fetched(listing.dataset.index);
    index = prepared(window.caseStudies);
    offerCouncils();
  });

  // The words of whole studies, for who asks to search them.
  const loadTexts = once(async () => {
    status.textContent = "Fetching the words of all studies …";
    const versions = listing.dataset.texts.split(" ");
    await Promise.all(versions.map((version, part) => fetched(`assets/text/${part}.js?v=${version}`)));
    const texts = Object.assign({}, ...window.caseTexts);
    for (const study of index.studies) study.text = " " + (texts[study.row[NAME]] || "");
    window.caseTexts = null;
  });

  function offerCouncils() {
    const chosen = current.council;
    const options = index.lists.council.map(([slug, label]) => new Option(label, slug));
    council.append(...options);
    council.value = chosen;
  }

  // What is asked for, and the address that says so. The address follows: a browser may refuse to change it when
  // somebody types very fast.

  function asked() {
    const given = new URLSearchParams(location.search);
    return {
      q: given.get("q") || "",
      whole: given.has("whole"),
      topic: given.getAll("topic"),
      support_type: given.getAll("support_type"),
      collection: given.getAll("collection"),
      council: given.get("council") || "",
      region: given.get("region") || "",
      from: given.get("from") || "",
      to: given.get("to") || "",
      sort: given.get("sort") || "",
      page: Math.max(1, Number.parseInt(given.get("page"), 10) || 1),
    };
  }

  function inForm(page) {
    const given = new FormData(form);
    const text = (name) => String(given.get(name) || "").trim();
    return {
      ...Object.fromEntries(KINDS.map((kind) => [kind, given.getAll(kind)])),
      q: text("q"),
      whole: given.has("whole"),
      council: council.options.length > 1 ? text("council") : current.council,
      region: text("region"),
      from: text("from"),
      to: text("to"),
      sort: text("sort"),
      page,
    };
  }

  let current = asked();

  const naturalSort = (query) => (query.q ? "relevance" : "newest");

  function addressOf(query) {
    const out = new URLSearchParams();
    if (query.q) out.set("q", query.q);
    if (query.whole) out.set("whole", "1");
    for (const kind of KINDS) for (const slug of query[kind]) out.append(kind, slug);
    for (const name of [...CHOICES, "from", "to"]) if (query[name]) out.set(name, query[name]);
    if (query.sort && query.sort !== naturalSort(query)) out.set("sort", query.sort);
    if (query.page > 1) out.set("page", String(query.page));
    const text = out.toString();
    return text ? `?${text}` : location.pathname.split("/").pop() || "./";
  }

  function intoForm(query) {
    form.elements.q.value = query.q;
    form.elements.whole.checked = query.whole;
    for (const box of filters.querySelectorAll('input[type="checkbox"]')) {
      box.checked = query[box.name].includes(box.value);
      if (box.checked) box.closest("details")?.setAttribute("open", "");
    }
    council.value = query.council;
    if (region) region.value = query.region;
    form.elements.from.value = query.from;
    form.elements.to.value = query.to;
    sort.value = query.sort || naturalSort(query);
  }

  function remember(query, step) {
    try {
      history[step](null, "", addressOf(query));
    } catch (error) {
      if (error.name !== "SecurityError") throw error;
    }
  }

  const isPlain = (query) =>
    !query.q && !query.council && !query.region && !query.from && !query.to && query.page === 1 &&
    KINDS.every((kind) => query[kind].length === 0) && (query.sort || "newest") === "newest";

  // Finding

  function score(study, words, whole) {
    let sum = 0;
    for (const word of words) {
      const start = " " + word;
      const points =
        (study.title.includes(start) ? 8 : 0) + (study.rest.includes(start) ? 4 : 0) +
        (study.teaser.includes(start) ? 2 : 0) + (whole && study.text.includes(start) ? 1 : 0);
      if (!points) return 0;
      sum += points;
    }
    return sum;
  }

  function placesOf(query) {
    const at = (kind, slug) => index.lists[kind].findIndex(([one]) => one === slug);
    const places = Object.fromEntries(KINDS.map((kind) => [kind, query[kind].map((slug) => at(kind, slug))]));
    for (const kind of CHOICES) places[kind] = query[kind] ? [at(kind, query[kind])] : [];
    return places;
  }

  const carries = ({ under }, kind, wanted) => !wanted.length || under[kind].some((at) => wanted.includes(at));

  // A study counts towards a facet when it fits everything asked for except that facet itself.
  function find(query) {
    const words = wordsOf(query.q);
    const places = placesOf(query);
    const counts = Object.fromEntries(KINDS.map((kind) => [kind, new Map()]));
    const found = [];
    for (const study of index.studies) {
      const { row } = study;
      if ((query.from && row[DAY] < query.from) || (query.to && row[DAY] > query.to)) continue;
      if (!CHOICES.every((kind) => carries(study, kind, places[kind]))) continue;
      const points = words.length ? score(study, words, query.whole) : 1;
      if (!points) continue;
      const missed = KINDS.filter((kind) => !carries(study, kind, places[kind]));
      if (missed.length > 1) continue;
      for (const kind of missed.length ? missed : KINDS) {
        for (const at of study.under[kind]) counts[kind].set(at, (counts[kind].get(at) || 0) + 1);
      }
      if (!missed.length) found.push({ study, points });
    }
    return { found: sorted(found, query.sort || naturalSort(query)), counts, words };
  }

  function sorted(found, by) {
    const order = (a, b) => a.study.order - b.study.order;
    const title = (a, b) => (a.study.title < b.study.title ? -1 : a.study.title > b.study.title ? 1 : order(a, b));
    const orders = { newest: order, oldest: (a, b) => order(b, a), title, relevance: (a, b) => b.points - a.points || order(a, b) };
    return found.sort(orders[by] || order);
  }

  // Showing

  function element(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }

  function marked(text, words) {
    if (!words.length) return [text];
    return text.split(/([\p{L}\p{M}\p{N}'’]+)/u).map((part) => {
      const folded = wordsOf(part)[0];
      return folded && words.some((word) => folded.startsWith(word)) ? element("mark", {}, part) : part;
    });
  }

  function card({ study: { row } }, words) {
    const about = element("p", { class: "about" });
    for (const at of row[TAGS].topic || []) {
      const [slug, label] = index.lists.topic[at];
      about.append(element("a", { class: "pill", href: `${FOLDERS.topic}/${slug}.html` }, label), " ");
    }
    const byline = row[BYLINE] ? [element("bdi", {}, row[BYLINE]), " · "] : [];
    about.append(element("span", {}, ...byline, inWords(row[DAY])));
    const link = element("a", { href: `studies/${row[NAME]}.html` }, ...marked(row[TITLE], words));
    const text = element("div", { class: "words" }, element("h3", {}, link));
    if (row[TEASER]) text.append(element("p", { class: "teaser" }, ...marked(row[TEASER], words)));
    text.append(about);
    const item = element("li", { class: "card" }, text);
    if (row[PICTURE]) {
      const [sizes, alt] = row[PICTURE];
      const picture = { src: sizes.split(" ")[0], alt, width: "150", height: "100", loading: "lazy" };
      if (sizes.includes(" ")) Object.assign(picture, { srcset: sizes, sizes: "(max-width: 36rem) 92vw, 150px" });
      item.append(element("img", picture));
    }
    return item;
  }

  function turns(query, pages) {
    const item = (page, words, label) => {
      const link = element("a", { href: addressOf({ ...query, page }), "data-page": page, "aria-label": label }, words);
      if (page === query.page && words === String(page)) link.setAttribute("aria-current", "page");
      return element("li", {}, link);
    };
    const items = element("ul");
    if (query.page > 1) items.append(item(query.page - 1, "Previous", "Previous page"));
    let last = 0;
    for (let page = 1; page <= pages; page += 1) {
      if (page > 1 && page < pages && Math.abs(page - query.page) > 1) continue;
      if (page > last + 1) items.append(element("li", { class: "gap", "aria-hidden": "true" }, "…"));
      items.append(item(page, String(page), `Page ${page}`));
      last = page;
    }
    if (query.page < pages) items.append(item(query.page + 1, "Next", "Next page"));
    return element("nav", { class: "turns", "aria-label": "Pages" }, items);
  }

  // What narrows the list, each to be taken away by a button: the filters themselves may be folded or out of sight.
  function showAsked(query) {
    const label = (kind, slug) => index.lists[kind].find(([one]) => one === slug)?.[1] || slug;
    const uses = [
      ...KINDS.flatMap((kind) => query[kind].map((slug) => [label(kind, slug), { [kind]: query[kind].filter((one) => one !== slug) }])),
      ...CHOICES.filter((kind) => query[kind]).map((kind) => [label(kind, query[kind]), { [kind]: "" }]),
      ...Object.keys(DAYS).filter((name) => query[name]).map((name) => [`${DAYS[name]} ${dayInWords(query[name])}`, { [name]: "" }]),
    ];
    const buttons = uses.map(([words, without]) => {
      const button = element("button", { type: "button" }, element("span", { class: "unseen" }, "Take away: "), words);
      button.addEventListener("click", () => {
        change(without).then(() => (inUse.querySelector("button") || form.elements.q).focus());
      });
      return element("li", {}, button);
    });
    inUse.replaceChildren(...buttons);
    toggle.textContent = uses.length ? `Filters (${uses.length} in use)` : "Filters";
    sort.querySelector('[value="relevance"]').disabled = !query.q;
  }

  function showCounts(counts) {
    for (const box of filters.querySelectorAll('input[type="checkbox"]')) {
      const at = index.lists[box.name].findIndex(([slug]) => slug === box.value);
      const n = counts[box.name].get(at) || 0;
      const row = box.closest("li");
      row.querySelector("output").textContent = n.toLocaleString("en-GB");
      row.classList.toggle("none", n === 0);
    }
  }

  function nothing(query) {
    const actions = element("p", { class: "actions" });
    const offer = (words, work) => {
      const button = element("button", { type: "button", class: "button" }, words);
      button.addEventListener("click", work);
      actions.append(button);
    };
    if (query.q && !query.whole) offer("Search whole studies", () => change({ whole: true }).then(() => form.elements.q.focus()));
    offer("Clear search and filters", () => form.reset());
    const words = "Nothing fits all of this. Take a filter away, or try fewer or shorter words.";
    return [element("p", { class: "notice" }, words), actions];
  }

  function showFound(query) {
    const { found, counts, words } = find(query);
    showCounts(counts);
    showAsked(query);
    if (isPlain(query)) {
      list.replaceChildren(...asWritten.nodes);
      status.textContent = asWritten.status;
      return;
    }
    const pages = Math.max(1, Math.ceil(found.length / size));
    const page = Math.min(query.page, pages);
    status.textContent = counted(found.length) + (page > 1 ? `, page ${page} of ${pages}` : "");
    done.textContent = `Show ${counted(found.length)}`;
    if (!found.length) {
      list.replaceChildren(...nothing(query));
      return;
    }
    const shown = found.slice((page - 1) * size, page * size).map((one) => card(one, words));
    list.replaceChildren(element("ol", { class: "cards" }, ...shown));
    if (pages > 1) list.append(turns({ ...query, page }, pages));
  }

  async function show() {
    if (isPlain(current) && !index) return;
    try {
      await load();
      if (current.whole && current.q) await loadTexts();
    } catch {
      status.textContent = "The index of the studies did not load. Check the connection and search again.";
      return;
    }
    showFound(current);
  }

  // What the reader does

  let typing = false;

  function go(query, { replace = false } = {}) {
    current = query;
    remember(query, replace ? "replaceState" : "pushState");
    return show();
  }

  // The same question with something else in it.
  function change(part) {
    typing = false;
    const query = { ...current, ...part, page: 1 };
    intoForm(query);
    return go(query);
  }

  form.addEventListener("input", (event) => {
    if (event.target.type !== "search") return;
    const query = inForm(1);
    if (Boolean(query.q) !== Boolean(current.q)) {
      query.sort = "";
      sort.value = naturalSort(query);
    }
    go(query, { replace: typing });
    typing = true;
  });

  // On the listing, since the order is chosen outside the form.
  listing.addEventListener("change", (event) => {
    if (event.target.type === "search") return;
    typing = false;
    go(inForm(1));
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    typing = false;
    go(inForm(1), { replace: true });
  });

  form.addEventListener("reset", (event) => {
    event.preventDefault();
    change({ q: "", whole: false, topic: [], support_type: [], collection: [], council: "", region: "", from: "", to: "", sort: "" });
    form.elements.q.focus();
  });

  listing.addEventListener("focusin", () => load().catch(() => {}), { once: true });

  list.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-page]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    typing = false;
    go({ ...current, page: Number(link.dataset.page) }).then(() => {
      listing.scrollIntoView();
      list.querySelector("h3 a")?.focus({ preventScroll: true });
    });
  });

  toggle.addEventListener("click", () => {
    const open = filters.classList.toggle("open");
    toggle.setAttribute("aria-expanded", String(open));
  });

  // Below the folded-out filters of a small window: on to what they found.
  done.addEventListener("click", () => {
    toggle.click();
    status.scrollIntoView();
    toggle.focus({ preventScroll: true });
  });

  window.addEventListener("popstate", () => {
    typing = false;
    current = asked();
    intoForm(current);
    show();
  });

  intoForm(current);
  show();
})();
