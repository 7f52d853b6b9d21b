// The plugin lies where scripts/lint puts it, so that an editor finds it too.
export default {
    printWidth: 120,
    tabWidth: 4,
    plugins: ["./.local/lint/npm/node_modules/@prettier/plugin-xml/src/plugin.js"],
    overrides: [{ files: "*.xml", options: { xmlWhitespaceSensitivity: "preserve" } }],
};
