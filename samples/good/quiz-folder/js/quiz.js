// A quiz of five questions. It keeps nothing and sends nothing.
'use strict';

const questions = [
  ['Үшбұрыштың ішкі бұрыштарының қосындысы неге тең?', ['90°', '180°', '360°'], 1],
  ['Тең қабырғалы үшбұрыштың әр бұрышы неге тең?', ['45°', '60°', '90°'], 1],
  ['Тік бұрышты үшбұрыштың ең ұзын қабырғасы қалай аталады?', ['Катет', 'Медиана', 'Гипотенуза'], 2],
  ['Катеттері 3 және 4 болса, гипотенузасы неге тең?', ['5', '6', '7'], 0],
  ['Табаны 6, биіктігі 4 болса, ауданы неге тең?', ['24', '12', '10'], 1],
];

const at = (id) => document.getElementById(id);
let number = 0;
let right = 0;

function ask() {
  const [question, answers, correct] = questions[number];
  at('count').textContent = `Сұрақ ${number + 1} / ${questions.length}`;
  at('question').textContent = question;
  at('result').textContent = '';
  at('next').hidden = true;
  at('answers').replaceChildren(...answers.map((text, index) => {
    const button = document.createElement('button');
    button.textContent = text;
    button.addEventListener('click', () => answer(button, index === correct));
    return button;
  }));
}

function answer(button, isRight) {
  for (const each of at('answers').children) each.disabled = true;
  button.className = isRight ? 'right' : 'wrong';
  at('result').textContent = isRight ? 'Дұрыс!' : 'Қате.';
  if (isRight) {
    right += 1;
    at('bell').play().catch(() => {});
  }
  at('next').hidden = false;
}

at('next').addEventListener('click', () => {
  number += 1;
  if (number < questions.length) {
    ask();
    return;
  }
  at('count').textContent = 'Сынақ аяқталды';
  at('question').textContent = `Нәтиже: ${questions.length} сұрақтың ${right} дұрыс.`;
  at('answers').replaceChildren();
  at('result').textContent = '';
  at('next').hidden = true;
});

ask();
