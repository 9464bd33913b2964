<%@ page contentType="text/html;charset=UTF-8" session="false" %>
<!DOCTYPE html>
<html lang="${descope.language}" dir="${descope.direction}">
<head><title>Our own: ${descope.title}</title></head>
<body>
<form method="post" action="${descope.action}">
  <% for (java.util.Map.Entry<?, ?> field : ((java.util.Map<?, ?>) ((java.util.Map<?, ?>) request.getAttribute("descope")).get("fields")).entrySet()) { %>
  <input type="hidden" name="<%= field.getKey() %>" value="<%= field.getValue() %>">
  <% } %>
  <p id="problem">${empty descope.problem ? '' : descope.texts['problem.'.concat(descope.problem)]}</p>
  <select name="deliveryMethod"><option>${descope.deliveryMethods[0]}</option><option>${descope.deliveryMethods[1]}</option></select>
  <input name="loginId" value="<%= ((String) ((java.util.Map<?, ?>) request.getAttribute("descope")).get("loginId")).replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;") %>">
  <button>${descope.texts['sign-in.button']}</button>
</form>
</body>
</html>
