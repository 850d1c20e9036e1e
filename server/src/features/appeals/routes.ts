import { appealDesk, appeals, penalties, strikes } from '@virgil/contract';
import { type Binding, bind, type Limit } from '../../http/index.ts';
import { acceptAppeal } from './accept-appeal.ts';
import { answerInAppeal } from './answer-in-appeal.ts';
import { askInAppeal } from './ask-in-appeal.ts';
import { decideStrikeAppeal } from './decide-strike-appeal.ts';
import { denyAppeal } from './deny-appeal.ts';
import type { AppealDeps } from './deps.ts';
import { getAppealWithContext } from './get-appeal-with-context.ts';
import { exportOverturnRates, getOverturnRates } from './get-overturn-rates.ts';
import { getPendingAppeals } from './get-pending-appeals.ts';
import { getScreenshot } from './get-screenshot.ts';
import { getUserAppeal, getUserAppeals } from './get-user-appeals.ts';
import { getUserPenalties } from './get-user-penalties.ts';
import { noteOnAppeal } from './note-on-appeal.ts';
import { readAppealAnswers, readAppealMessages } from './read-dialogue.ts';
import { submitAppeal } from './submit-appeal.ts';

/** Nobody has that many decisions against them. */
const APPEALS: Limit = { points: 20, seconds: 3600 };
/** A conversation, not a chat. */
const MESSAGES: Limit = { points: 30, seconds: 3600 };

export function appealRoutes(deps: AppealDeps): Binding[] {
  return [
    bind(penalties.listOwnPenalties, ({ caller }) => getUserPenalties(deps, caller.actor)),
    bind(appeals.getUserAppeals, ({ caller, query }) => getUserAppeals(deps, caller.actor, query)),
    bind(appeals.getUserAppeal, ({ caller, params }) => getUserAppeal(deps, caller.actor, params.id)),
    bind(
      appeals.submitAppeal,
      ({ body, caller, upload }) => submitAppeal(deps, caller.actor, { ...body, screenshot: upload }),
      { limit: APPEALS },
    ),
    bind(appeals.getAppealScreenshot, ({ caller, params }) => getScreenshot(deps, caller.actor, params.key)),
    bind(
      appeals.answerInAppeal,
      ({ body, caller, params }) => answerInAppeal(deps, caller.actor, params.id, body.message),
      { limit: MESSAGES },
    ),
    bind(appeals.readAppealMessages, ({ caller, params }) => readAppealMessages(deps, caller.actor, params.id)),
    bind(appealDesk.getPendingAppeals, ({ caller, query }) => getPendingAppeals(deps, caller.actor, query)),
    bind(appealDesk.getAppealWithContext, ({ caller, params }) => getAppealWithContext(deps, caller.actor, params.id)),
    bind(appealDesk.acceptAppeal, ({ body, caller, params }) => acceptAppeal(deps, caller.actor, params.id, body)),
    bind(appealDesk.denyAppeal, ({ body, caller, params }) => denyAppeal(deps, caller.actor, params.id, body)),
    bind(appealDesk.askInAppeal, ({ body, caller, params }) =>
      askInAppeal(deps, caller.actor, params.id, body.message),
    ),
    bind(appealDesk.readAppealAnswers, ({ caller, params }) => readAppealAnswers(deps, caller.actor, params.id)),
    bind(appealDesk.noteOnAppeal, ({ body, caller, params }) => noteOnAppeal(deps, caller.actor, params.id, body.note)),
    bind(appealDesk.getOverturnRates, ({ caller, query }) => getOverturnRates(deps, caller.actor, query)),
    bind(appealDesk.exportOverturnRates, ({ caller, query }) => exportOverturnRates(deps, caller.actor, query)),
    bind(strikes.decideStrikeAppeal, ({ body, caller, params }) =>
      decideStrikeAppeal(deps, caller.actor, params.id, body),
    ),
  ];
}
