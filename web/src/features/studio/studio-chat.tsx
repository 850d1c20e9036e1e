import type { livestreams, StreamId } from '@virgil/contract';
import { type ReactNode, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useInstance } from '../../api/instance.ts';
import { ChatPanel } from '../chat/chat-panel.tsx';
import type { Said } from '../chat/report-line.tsx';
import { useChatRoom } from '../chat/use-chat-room.ts';
import { ReportDialog, type ReportDialogProps } from '../report/report-dialog.tsx';

/** The chat as the creator sees it beside the studio. */
export function StudioChat({ stream }: { stream: livestreams.Livestream }): ReactNode {
  const { t } = useTranslation('studio');
  const rulesOnly = useInstance()?.rulesOnly ?? false;
  const chat = useChatRoom(stream.id as StreamId, stream.isActive);
  const [report, setReport] = useState<ReportDialogProps['target']>(null);
  const reportLine = useCallback((words: Said) => {
    setReport({ subject: { type: 'message', id: words.id }, quote: `${words.displayName}: ${words.message}` });
  }, []);
  return (
    <div className="flex h-112 flex-col border border-line">
      {rulesOnly ? (
        <p role="status" className="border-b border-line px-4 py-2 text-14 text-ink-2">
          {t('rulesAlone')}
        </p>
      ) : null}
      <ChatPanel chat={chat} creatorName={stream.creator.displayName} ended={!stream.isActive} onReport={reportLine} />
      <ReportDialog target={report} onClose={() => setReport(null)} />
    </div>
  );
}
