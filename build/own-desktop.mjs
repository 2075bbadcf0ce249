// Gives a file of end-to-end tests the desktop of its worker: no two files share a display, a session bus or a keyring.
const desktops = JSON.parse(process.env.POPPY_DESKTOPS);
Object.assign(process.env, desktops[Number(process.env.VITEST_POOL_ID) - 1]);
