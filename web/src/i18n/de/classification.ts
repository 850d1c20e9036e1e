import type { classification as english } from '../en/classification.ts';
import type { SameWords } from '../shape.ts';

export const classification: SameWords<typeof english> = {
  title: 'Einstufung',
  name: {
    rules: 'Die Regeln dieses Servers: Listen von Wörtern, Links und Nummern',
    scripted: 'Das Skript für Tests und Vorführungen: Es tut, was eine Nachricht ihm sagt',
    other: '{{name}}',
  },
  judge: {
    title: 'Wer einstuft',
    who: 'Klassifikator',
    version: 'Version',
    state: 'Zustand',
    working: 'Arbeitet',
    failing: 'Fällt aus: Die Regeln springen ein, bis er wieder antwortet',
    second: 'Zweite Meinung',
    secondOn: 'An',
    secondOff: 'Aus',
    alone: 'Regeln entscheiden allein.',
    aloneText:
      'Sie finden, was auf ihren Listen steht, und nichts zwischen den Zeilen. Auch die Moderation sieht diesen Hinweis.',
  },
  thresholds: {
    title: 'Schwellen',
    text: 'Jede Nachricht bekommt eine Zahl von 0 bis 1, bevor jemand anderes sie sieht. Kanäle dürfen strengere Schwellen setzen als diese, nie mildere.',
    hold: 'Zurückgehalten ab',
    block: 'Blockiert ab',
    asItIs:
      'Von {{texts}} Texten der letzten sieben Tage halten diese Schwellen {{held}} zurück und blockieren {{blocked}}.',
    whatIf:
      'Von {{texts}} Texten der letzten sieben Tage hätten diese Schwellen {{held}} zurückgehalten (jetzt {{heldNow}}) und {{blocked}} blockiert (jetzt {{blockedNow}}).',
    never:
      'Inhalte, die Minderjährige gefährden, Selbstverletzung und Beleidigungen werden nie automatisch blockiert, wie hoch die Zahl auch ist: Sie warten auf einen Menschen.',
    save: 'Schwellen speichern',
    defaults: 'Zurück zu {{hold}} und {{block}}',
    confirmTitle: 'Ab {{hold}} zurückhalten, ab {{block}} blockieren?',
    confirmText:
      'Das gilt auf jedem Kanal und jedem Server ab der nächsten Nachricht. Was vorher zurückgehalten oder blockiert wurde, bleibt, wie es entschieden wurde.',
    saved: 'Die Schwellen gelten.',
  },
  chart: {
    sentence: 'Einstufung von {{texts}} Texten: {{held}} zurückgehalten, {{blocked}} blockiert mit diesen Schwellen.',
    leftOut_one: 'Ein Text unter {{score}} ist weggelassen.',
    leftOut_other: '{{count, number}} Texte unter {{score}} sind weggelassen.',
    empty: 'Keiner von {{texts}} Texten der letzten sieben Tage kam auf 0,20 oder mehr.',
  },
  second: {
    title: 'Zweite Meinung von OpenAI',
    text: 'Ein zweiter Klassifikator kann jeden Text neben dem eigenen einstufen. Je Kategorie zählt die höhere Zahl; er kann also nur strenger machen.',
    sent: 'Was gesendet wird',
    sentText:
      'Die Worte jeder Chatzeile, jeder Nachricht zu einem Trinkgeld, jedes Kommentars und jeder privaten Nachricht, jede für sich, auch wenn niemand etwas darin findet.',
    notSent: 'Was nicht gesendet wird',
    notSentText: 'Namen, Konten, Kanäle, Streams, Zeiten und Adressen derer, die schreiben.',
    where: 'Wohin',
    whereText:
      'An {{host}}, Modell {{model}}, betrieben von OpenAI in den USA. Für das Gesendete gelten deren Bedingungen; in deiner Datenschutzerklärung sollte es stehen, bevor du es einschaltest.',
    when: 'Wann',
    whenText: 'Während eine Nachricht gesendet wird. Sie wartet höchstens 0,8 Sekunden auf die Antwort.',
    without: 'Ohne Antwort',
    withoutText:
      'Die eigene Zahl gilt allein, und die Nachricht geht weiter. Nach fünf Fehlern in Folge fragt eine Weile niemand.',
    switch: 'Zweite Meinung einholen',
    noKey: 'Braucht OPENAI_API_KEY dort, wo der Server gestartet wird.',
    onTitle: 'Alles, was geschrieben wird, an OpenAI senden?',
    onText:
      'Ab der nächsten Nachricht gehen die Worte jeder Chatzeile, jedes Trinkgelds, jedes Kommentars und jeder privaten Nachricht an {{host}}, auf jedem Server. Das steht im Protokoll.',
    on: 'Senden und fragen',
    offTitle: 'Keine zweite Meinung mehr einholen?',
    offText:
      'Ab der nächsten Nachricht geht nichts mehr an {{host}}, auf jedem Server. Der eigene Klassifikator stuft allein ein.',
    off: 'Beenden',
    isOn: 'Eine zweite Meinung wird eingeholt.',
    isOff: 'Es wird nichts mehr gesendet.',
    state: 'Zustand',
    closed: 'Antwortet',
    open: 'Wird in Ruhe gelassen, weil er ausfällt; nächster Versuch um {{time}}',
    half_open: 'Wird mit der nächsten Nachricht wieder versucht',
    problem: 'Was schiefging',
    problems: {
      late: 'Keine Antwort in 0,8 Sekunden',
      limited: 'Zu viele Anfragen für diesen Schlüssel (429)',
      refused: 'Der Schlüssel wurde abgelehnt',
      unreachable: 'Nicht erreichbar',
      broken: 'Die Antwort war ein Fehler oder ergab keinen Sinn',
    },
    counts: 'Seit dem Start dieses Servers',
    countsText:
      '{{answered}} beantwortet, {{failed}} fehlgeschlagen, {{skipped}} nicht gefragt, weil er ausfiel oder beschäftigt war',
  },
};
