/** How long a stretch of a journey may take where many others use the machine; alone it takes some seconds. */
export const PATIENTLY = 600_000;
