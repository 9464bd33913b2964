<%@ page contentType="text/html;charset=UTF-8" session="false" import="java.util.List,java.util.Map" %>
<!DOCTYPE html>
<html lang="${descope.language}" dir="${descope.direction}">
<head><title>Our own: ${descope.title}</title></head>
<body>
<% Map<?, ?> descope = (Map<?, ?>) request.getAttribute("descope"); %>
<form method="post" action="${descope.action}">
  <% for (Map.Entry<?, ?> field : ((Map<?, ?>) descope.get("fields")).entrySet()) { %>
  <input type="hidden" name="<%= field.getKey() %>" value="<%= field.getValue() %>">
  <% } %>
  <input name="loginId" type="email">
  <% for (Object each : (List<?>) descope.get("details")) { Map<?, ?> detail = (Map<?, ?>) each; pageContext.setAttribute("detail", detail); %>
  <label>${descope.texts[detail.label]} <input name="${detail.name}" type="${detail.type}" value="<%= ((String) detail.get("value")).replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;") %>"></label>
  <p>${empty detail.problem ? '' : descope.texts['problem.'.concat(detail.problem)]}</p>
  <% } %>
  <button>${descope.texts['sign-up.button']}</button>
</form>
<a href="${descope.path}">${descope.texts['sign-up.have-account']}</a>
</body>
</html>
