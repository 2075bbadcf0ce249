export function setFuses(program: string): Promise<void>;
export function wrongFuses(program: string): Promise<string[]>;
