// A quiz of one question. It stores nothing and sends nothing.
'use strict';
const answers = [['90°', false], ['180°', true], ['360°', false]];
const box = document.getElementById('answers');
for (const [text, right] of answers) {
  const button = document.createElement('button');
  button.textContent = text;
  button.addEventListener('click', () => {
    button.className = right ? 'right' : 'wrong';
    if (right) document.getElementById('bell').play();
  });
  box.append(button);
}
