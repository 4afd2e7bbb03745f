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

/** Grades by rule what a language model would grade by reading: how long the rationale between the question's fences is. */
function verdictOn(question) {
  const rationale = question.slice(question.lastIndexOf('The label that was given'));
  const reason = `The question has ${rationale.split(/\s+/).length > 20 ? 'many' : 'few'} words after the label.`;
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
