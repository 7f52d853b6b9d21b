def uninstall_hook(env):
    """Drop what valued the stock in the database."""
    env.cr.execute(
        """
        DROP AGGREGATE IF EXISTS kpi_inventory_value(text, numeric, numeric, numeric, numeric);
        DROP FUNCTION IF EXISTS kpi_inventory_step(numeric[], text, numeric, numeric, numeric, numeric);
        DROP FUNCTION IF EXISTS kpi_inventory_total(numeric[]);
        """
    )
