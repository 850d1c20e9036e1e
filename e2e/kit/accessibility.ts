/** Looks at page after page for what keeps people out, without loading the application anew for each. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page, Request } from '@playwright/test';

/** What TanStack Router leaves on `window`: going somewhere and whether it is there yet. */
interface RouterOfPage {
  readonly history: { push(path: string): void };
  readonly state: {
    readonly status: 'pending' | 'idle';
    readonly location: { readonly href: string };
    readonly resolvedLocation?: { readonly href: string };
  };
}
type WithRouter = typeof globalThis & { readonly __TSR_ROUTER__: RouterOfPage };

/** Goes from page to page in one window and says what is wrong with each. */
export class PageInspector {
  readonly #page: Page;
  /** Questions to the API without an answer yet. */
  #open = 0;
  #isLoaded = false;

  constructor(page: Page) {
    this.#page = page;
    page.on('request', (request) => this.#count(request, 1));
    page.on('requestfinished', (request) => this.#count(request, -1));
    page.on('requestfailed', (request) => this.#count(request, -1));
  }

  #count(request: Request, by: number): void {
    const isQuestion = request.resourceType() === 'fetch' && new URL(request.url()).pathname.startsWith('/api/');
    if (isQuestion) this.#open += by;
  }

  /** The serious findings of a page. The first one of a window is loaded; to the others it goes as links do. */
  async findingsAt(path: string, name: string): Promise<string[]> {
    await this.#goTo(path);
    await this.#untilDrawn(path);
    return this.findingsHere(name);
  }

  /** The serious findings of what the window shows now. */
  async findingsHere(name: string): Promise<string[]> {
    const findings = await seriousFindings(this.#page, name);
    const sideways = await this.#page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    return sideways > 0 ? [...findings, `${name} scrolls sideways by ${sideways} px`] : findings;
  }

  async #goTo(path: string): Promise<void> {
    if (!this.#isLoaded) {
      await this.#page.goto(path);
      this.#isLoaded = true;
      return;
    }
    await this.#page.evaluate((to) => (globalThis as WithRouter).__TSR_ROUTER__.history.push(to), path);
  }

  /** The router has arrived, every question is answered, nothing says that it loads, and nothing moves any more. */
  async #untilDrawn(path: string): Promise<void> {
    const deadline = performance.now() + 20_000;
    let calm = 0;
    // Twice in a row: an answer may lead to the next question in the frame that draws it.
    while (calm < 2) {
      if (performance.now() > deadline) throw new Error(`${path} was not drawn: ${this.#open} questions are open`);
      const isDrawn = await this.#page.evaluate(isCalm);
      calm = isDrawn && this.#open === 0 ? calm + 1 : 0;
    }
  }
}

/** Runs in the page; waits for two frames, so that what was answered is drawn. */
async function isCalm(): Promise<boolean> {
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const state = (globalThis as WithRouter).__TSR_ROUTER__?.state;
  if (state?.status !== 'idle' || state.location.href !== state.resolvedLocation?.href) return false;
  const main = document.querySelector('main');
  if (main === null || main.childElementCount === 0 || document.querySelector('[aria-busy="true"]')) return false;
  return document
    .getAnimations()
    .every(
      ({ playState, effect }) =>
        playState !== 'running' || effect?.getComputedTiming().endTime === Number.POSITIVE_INFINITY,
    );
}

async function seriousFindings(page: Page, name: string): Promise<string[]> {
  const isThere = await page.evaluate(() => 'axe' in globalThis);
  // Its 600 kB are read once a window, and the mode is the one without a second page, which only foreign frames need.
  const { violations } = await new AxeBuilder(isThere ? { page, axeSource: ';' } : { page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${name} ${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
}
