export function debianChromium(): string | undefined;
export function debianFirefox(): string | undefined;
export function webkitGtk(): { driver: string; xvfb: string; browser: string } | undefined;
