// The documentation of the API: Swagger UI from our own address, its fixed words in Chinese.
"use strict";

const WORDS = new Map([
  ["Try it out", "试一试"],
  ["Cancel", "取消"],
  ["Execute", "读取"],
  ["Clear", "清除"],
  ["Reset", "重置"],
  ["Parameters", "参数"],
  ["No parameters", "没有参数"],
  ["Name", "名称"],
  ["Description", "说明"],
  ["Responses", "答案"],
  ["Response", "答案"],
  ["Server response", "收到的答案"],
  ["Response body", "正文"],
  ["Response headers", "响应头"],
  ["Request URL", "地址"],
  ["Request duration", "用时"],
  ["Code", "状态码"],
  ["Details", "内容"],
  ["Links", "链接"],
  ["No links", "没有链接"],
  ["Media type", "格式"],
  ["Controls ", "随请求头 "],
  [" header.", " 选定。"],
  ["Example Value", "示例"],
  ["Examples", "示例"],
  ["Schema", "字段"],
  ["Model", "字段"],
  ["Headers:", "响应头："],
  ["Type", "类型"],
  ["Download", "下载"],
  ["Loading...", "正在载入……"],
  ["LOADING", "正在读取"],
  ["Undocumented", "未说明"],
  ["Error:", "错误："],
  ["Errors", "错误"],
  ["Hide", "收起"],
  ["Show", "展开"],
  ["Expand all", "全部展开"],
  ["Collapse all", "全部收起"],
  ["Curl", "curl 命令"],
  ["Send empty value", "发送空值"],
  ["required", "必填"],
  ["required ", "必填 "],
  [" * required", " * 必填"],
  ["query", "参数"],
  ["path", "地址"],
  ["header", "请求头"],
  ["string", "文字"],
  ["integer", "整数"],
  ["number", "数字"],
  ["boolean", "是或否"],
  ["object", "对象"],
  ["null", "空"],
  ["Available values", "可用的值"],
  ["Default value", "默认值"],
  ["Example", "示例"],
  ["Failed to fetch.", "没有读到。"],
  ["Copied!", "已复制"],
  ["Copy to clipboard", "复制"],
]);
// What data says, and what fields and parameters are called, stays as it is.
const KEPT = "pre, code, textarea, option, .parameter__name, .prop-name, .json-schema-2020-12__title";
const ATTRIBUTES = ["placeholder", "title", "aria-label"];

function translate(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.parentElement.closest(KEPT)) {
      const words = WORDS.get(node.data) ?? WORDS.get(node.data.trim());
      if (words !== undefined && words !== node.data) node.data = words;
    }
  }
  const elements = root.nodeType === Node.ELEMENT_NODE ? [root, ...root.querySelectorAll("*")] : [];
  for (const element of elements) {
    for (const name of ATTRIBUTES) {
      const words = WORDS.get(element.getAttribute(name));
      if (words !== undefined) element.setAttribute(name, words);
    }
  }
}

document.addEventListener("DOMContentLoaded", () => {
  const place = document.getElementById("api");
  const observer = new MutationObserver((records) => {
    for (const record of records) {
      if (record.type === "characterData") translate(record.target.parentElement ?? place);
      else record.addedNodes.forEach((node) => translate(node.parentElement ?? place));
    }
  });
  observer.observe(place, { childList: true, characterData: true, subtree: true });
  SwaggerUIBundle({
    url: place.dataset.schema,
    domNode: place,
    deepLinking: true,
    defaultModelsExpandDepth: -1,
    docExpansion: "list",
    supportedSubmitMethods: ["get"],
    validatorUrl: null,
  });
});
