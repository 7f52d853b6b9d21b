-- The value of one product's stock after each of its moves and price changes, in order, as a running aggregate:
--
--     kpi_inventory_value(method, moved, worth, price, opening) OVER (ROWS up to the current one)
--
-- It follows stock_account: standard price, average cost, first in first out; products valued by lot keep the sum of
-- what their moves were worth. An average cost cannot be had from sums: what leaves does so at the average of that moment.
--
-- method   'standard', 'average', 'fifo' or 'lot'
-- moved    quantity that came in (+) or left (-), in the product's unit; 0 for a price change
-- worth    value of what moved, with the same sign
-- price    the new cost price of a price change, else NULL
-- opening  the cost price before the first known one
--
-- State: quantity on hand, cost per unit, total value, then for FIFO quantity and cost of each layer, the oldest first.

CREATE OR REPLACE FUNCTION kpi_inventory_step(
    state numeric[], method text, moved numeric, worth numeric, price numeric, opening numeric
) RETURNS numeric[] LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    before numeric := state[1];
    held numeric := before + moved;
    cost numeric := state[2];
    total numeric := state[3];
    layers numeric[] := state[4:];
    surplus numeric;
    taken numeric;
BEGIN
    IF method = 'standard' THEN
        cost := COALESCE(price, cost, opening);
        total := held * cost;
    ELSIF method = 'lot' THEN
        total := CASE WHEN held = 0 THEN 0 ELSE total + worth END;
    ELSIF method = 'average' THEN
        IF price IS NOT NULL THEN
            cost := price;
            total := held * cost;
        ELSIF moved > 0 AND before > 0 THEN
            total := total + worth;
            cost := total / held;
        ELSIF moved > 0 THEN  -- from nothing or less, what came in last sets the cost
            cost := worth / moved;
            total := held * cost;
        ELSE
            total := CASE WHEN held = 0 THEN 0 ELSE total + moved * COALESCE(cost, 0) END;
        END IF;
    ELSE
        total := CASE WHEN before > 0 THEN total ELSE 0 END;  -- of the layers
        IF moved > 0 THEN
            cost := worth / moved;
            total := total + worth;
            layers := layers || ARRAY[moved, cost];
        END IF;
        surplus := GREATEST(before, 0) + GREATEST(moved, 0) - GREATEST(held, 0);
        WHILE surplus > 0 AND cardinality(layers) > 0 LOOP
            taken := LEAST(surplus, layers[1]);
            total := total - taken * layers[2];
            surplus := surplus - taken;
            IF taken = layers[1] THEN
                layers := layers[3:];
            ELSE
                layers[1] := layers[1] - taken;
            END IF;
        END LOOP;
        IF held <= 0 THEN
            total := held * COALESCE(cost, opening);
        END IF;
    END IF;
    RETURN ARRAY[held, cost, total] || layers;
END
$$;

CREATE OR REPLACE FUNCTION kpi_inventory_total(state numeric[]) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
    SELECT state[3]
$$;

CREATE OR REPLACE AGGREGATE kpi_inventory_value(text, numeric, numeric, numeric, numeric) (
    SFUNC = kpi_inventory_step,
    STYPE = numeric[],
    FINALFUNC = kpi_inventory_total,
    INITCOND = '{0,NULL,0}'
);
