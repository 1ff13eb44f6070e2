export async function compareRivals(_json: boolean, _filter: string): Promise<number> {
  return 2;
}
