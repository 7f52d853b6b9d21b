/**
 * What is done when a dialog opened from a page is closed: the page shows what has changed in it. Not where another page
 * takes its place (Odoo then says `noReload`), and the dialog does not wait for it.
 *
 * @param {() => any} load
 * @returns {(info?: {noReload?: boolean}) => void} for the option `onClose` of an action
 */
export function reloadOnClose(load) {
    return (info) => {
        if (!info?.noReload) {
            load();
        }
    };
}
