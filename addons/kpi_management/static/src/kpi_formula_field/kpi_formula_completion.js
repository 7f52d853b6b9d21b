import { normalize } from "@web/core/l10n/utils";
import { _t } from "@web/core/l10n/translation";
import { fuzzyLookup } from "@web/core/utils/search";

const LIMIT = 8;

/** What a formula knows besides codes; `text` is what is written. */
export function formulaWords() {
    return [
        { code: "previous", text: "previous(", name: _t("the same in the period before") },
        { code: "year_to_date", text: "year_to_date(", name: _t("since the beginning of the year") },
        { code: "min", text: "min(", name: _t("the lowest of several") },
        { code: "max", text: "max(", name: _t("the highest of several") },
        { code: "abs", text: "abs(", name: _t("without its sign") },
        { code: "round", text: "round(", name: _t("rounded to so many digits") },
        { code: "if", text: "if ", name: _t("a if b else c: a where b holds") },
        { code: "else", text: "else ", name: _t("a if b else c: c where b does not hold") },
    ];
}

/** đ is a letter of its own, not a d with an accent, but is typed as one. */
function plain(text) {
    return normalize(text).replaceAll("đ", "d");
}

/**
 * What may be meant at a place of a formula: by code, or by name in words.
 *
 * @param {string} text the formula
 * @param {number} caret where one is writing
 * @param {{ code: string, name: string, text?: string }[]} terms
 * @returns {{ options: Object[], start: number, end: number }} the terms, best first, and the piece they would replace
 */
export function complete(text, caret, terms) {
    // A name has several words: look for all since the last sign, then for the last one alone.
    const phrase = text
        .slice(0, caret)
        .match(/[^-+*/(),<>=!]*$/)[0]
        .replace(/^.*\b(if|else)\s+/, "")
        .trimStart();
    const end = caret + text.slice(caret).match(/^\w*/)[0].length;
    for (const piece of new Set([phrase, phrase.match(/\S*$/)[0]])) {
        const options = /^\p{L}/u.test(piece) ? lookUp(piece, terms) : [];
        if (options.length) {
            return { options, start: caret - piece.length, end };
        }
    }
    return { options: [], start: caret, end };
}

function lookUp(piece, terms) {
    if (terms.some(({ code, text }) => piece === (text || code))) {
        return []; // it is written: Tab and Enter go on
    }
    const wanted = plain(piece);
    const isBeginning = ({ code }) => normalize(code).startsWith(wanted);
    return fuzzyLookup(wanted, terms, ({ code, name }) => [code, plain(name)])
        .sort((one, other) => isBeginning(other) - isBeginning(one))
        .slice(0, LIMIT);
}
