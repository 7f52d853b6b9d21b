import { onWillDestroy, useState } from "@odoo/owl";

/**
 * Loads of which the one asked for last wins: the answer of an earlier one, or its error, is dropped when it comes
 * later, and so is whatever comes when the component is gone.
 */
export function useKpiLatest() {
    const state = useState({ isLoading: false });
    let turn = 0;
    let isGone = false;

    /**
     * @template T
     * @param {() => Promise<T>} fetch
     * @param {(data: T) => void} show
     * @returns {Promise<boolean>} whether it was the last
     */
    async function load(fetch, show) {
        const mine = ++turn;
        const isLast = () => mine === turn && !isGone;
        state.isLoading = true;
        try {
            const data = await fetch();
            if (isLast()) {
                show(data);
            }
        } catch (error) {
            if (isLast()) {
                throw error;
            }
        } finally {
            if (isLast()) {
                state.isLoading = false;
            }
        }
        return isLast();
    }

    onWillDestroy(() => (isGone = true));
    return { state, load };
}
