const vscode = require('vscode');

const model = {
  id: 'ruler',
  name: 'Ruler',
  family: 'ruler',
  version: '1',
  maxInputTokens: 8000,
  maxOutputTokens: 1000,
  capabilities: {},
};

/** Answers in the form that is asked for, with each criterion's place as its score and how much follows the label as the reason. */
function verdictOn(question) {
  const after = question.slice(question.lastIndexOf('The label that was given'));
  const reason = `The question has ${after.split(/\s+/).length > 20 ? 'many' : 'few'} words after the label.`;
  const criteria = [...question.matchAll(/^- (\w+): /gm)].map(([, name]) => name);
  return JSON.stringify(Object.fromEntries(criteria.map((name, index) => [name, { reason, score: 1 + (index % 5) }])));
}

exports.activate = ({ subscriptions }) => {
  const textOf = (message) => message.content.map((part) => part.value ?? '').join('');
  subscriptions.push(
    vscode.lm.registerLanguageModelChatProvider('local-judge', {
      provideLanguageModelChatInformation: () => [model],
      provideLanguageModelChatResponse: async (_model, messages, _options, progress) =>
        progress.report(new vscode.LanguageModelTextPart(verdictOn(messages.map(textOf).join('\n')))),
      provideTokenCount: async (_model, text) => String(text).length,
    }),
  );
};
