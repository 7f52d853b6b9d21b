// How far above a row an arrow over its boxes bends: it keeps to the space between two rows.
const BOW = 28;

/**
 * The path of an arrow from the edge of one box to that of another, as an SVG path.
 *
 * Between bands it leaves and arrives upright, within a band it goes from side to side. Past a band or a box in between
 * it bends aside, so that it is not lost behind the boxes there.
 *
 * @param {{ x: number, y: number, width: number, height: number }} from
 * @param {{ x: number, y: number, width: number, height: number }} to
 * @param {boolean} [bends]
 * @returns {string}
 */
export function arrowPath(from, to, bends = false) {
    const isAbove = to.y + to.height <= from.y;
    const isBelow = from.y + from.height <= to.y;
    if (isAbove || isBelow) {
        const [x1, x2] = [from.x + from.width / 2, to.x + to.width / 2];
        const y1 = isAbove ? from.y : from.y + from.height;
        const y2 = isAbove ? to.y + to.height : to.y;
        const middle = (y1 + y2) / 2;
        const aside = bends ? from.width : 0;
        return path(x1, y1, x1 + aside, middle, x2 + aside, middle, x2, y2);
    }
    const isRight = from.x < to.x;
    const between = isRight ? to.x - from.x - from.width : from.x - to.x - to.width;
    if (between > from.width) {
        const top = Math.min(from.y, to.y) - BOW;
        return path(
            from.x + from.width / 2,
            from.y,
            from.x + from.width / 2,
            top,
            to.x + to.width / 2,
            top,
            to.x + to.width / 2,
            to.y,
        );
    }
    const [y1, y2] = [from.y + from.height / 2, to.y + to.height / 2];
    const x1 = isRight ? from.x + from.width : from.x;
    const x2 = isRight ? to.x : to.x + to.width;
    const middle = (x1 + x2) / 2;
    return path(x1, y1, middle, y1, middle, y2, x2, y2);
}

function path(x1, y1, ...rest) {
    const [first, ...others] = [x1, y1, ...rest].map(Math.round);
    return `M${first},${others[0]} C${others.slice(1).join(",")}`;
}
