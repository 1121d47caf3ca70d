"""Help of units, titles, norms and bodies."""

from canbo.web.help.page import HelpPage

_SOURCE = "Thiếu văn bản làm căn cứ thì chưa ghi được: mọi thay đổi về tổ chức đều dựa vào một văn bản."
PAGES = {
    "organization": HelpPage(
        title="Tổ chức, chức danh",
        purpose="Cây đơn vị đúng vào một ngày, kể cả huyện và xã cũ trước ngày 01/7/2025.",
        steps=(
            "Để trống ô ngày để xem hôm nay; ghi 30/6/2025 để xem các huyện và xã cũ.",
            "Bấm vào một đơn vị để xem chức danh, người giữ, biên chế, tập thể và đơn vị bên dưới.",
            "Tìm theo tên không dấu khi có nhiều đơn vị.",
        ),
        mistakes=("Đơn vị cũ không mất đi: hãy ghi ngày khi đơn vị ấy còn hoạt động, hoặc mở từ đơn vị đã tiếp nhận nó.",),
    ),
    "unit": HelpPage(
        title="Một đơn vị",
        purpose="Đơn vị ấy là gì, từ bao giờ, tiếp nhận đơn vị nào; ai giữ chức danh nào, còn khuyết bao nhiêu chỗ.",
        steps=(
            "Xem “Thông tin đơn vị”: đơn vị trước và sau nó có đường dẫn.",
            "Xem số được giao và hiện có; số hiện có chỉ tính người của chính đơn vị này.",
            "Bấm “Danh sách người” để mở danh sách gồm cả đơn vị bên dưới.",
        ),
        mistakes=("Chỉ thấy số người mà không thấy tên: vai trò đang dùng không được mở hồ sơ.",),
    ),
    "titles": HelpPage(
        title="Danh mục chức danh",
        purpose="Mọi chức danh theo thứ tự chức danh dùng khi sắp danh sách.",
        steps=("Tìm chức danh theo tên.", "Xem thứ tự, cấp, khối.", "Thiếu chức danh thì bấm “Thêm chức danh”, nếu được giao quyền."),
        mistakes=("“Chưa rõ” ở cột Chủ chốt nghĩa là chưa có văn bản nào nói tới, không phải là “không”.",),
    ),
    "title-new": HelpPage(
        title="Thêm chức danh",
        purpose="Thêm một chức danh chưa có trong danh mục.",
        steps=("Tìm trong danh mục trước để khỏi trùng.", "Ghi mã, tên, cấp, khối, thứ tự.", "Ghi văn bản làm căn cứ rồi bấm “Ghi”."),
        mistakes=(_SOURCE,),
    ),
    "unit-edit": HelpPage(
        title="Sửa đơn vị",
        purpose="Sửa chỗ ghi sai về một đơn vị.",
        steps=("Sửa ô sai.", "Ghi văn bản làm căn cứ.", "Bấm “Ghi”."),
        mistakes=("Đổi tên hay sáp nhập theo quyết định không phải là sửa sai: đó là một đơn vị mới tiếp nhận đơn vị cũ.", _SOURCE),
    ),
    "unit-new": HelpPage(
        title="Thêm đơn vị",
        purpose="Lập một đơn vị nằm dưới đơn vị đang xem.",
        steps=("Đặt mã bằng chữ không dấu và gạch nối.", "Ghi tên, khối, cấp và ngày bắt đầu.", "Ghi văn bản làm căn cứ rồi bấm “Ghi”."),
        mistakes=("Mã đã có thì phải chọn mã khác; mã không đổi được về sau.", _SOURCE),
    ),
    "unit-norm": HelpPage(
        title="Giao biên chế",
        purpose="Ghi số biên chế hoặc số lượng được giao cho đơn vị, từ một ngày, theo từng đối tượng.",
        steps=("Chọn đối tượng, ghi số lượng.", "Ghi ngày bắt đầu áp dụng.", "Ghi văn bản giao rồi bấm “Ghi”; số cũ hết vào ngày ấy."),
        mistakes=("Ngày mới phải sau ngày của số đang áp dụng.", _SOURCE),
    ),
    "unit-body": HelpPage(
        title="Thêm tập thể",
        purpose="Lập ban chấp hành, ban thường vụ, hội đồng nhân dân … của một đơn vị.",
        steps=("Ghi tên đầy đủ và loại.", "Ghi ngày bắt đầu nếu biết.", "Ghi văn bản làm căn cứ rồi bấm “Ghi”."),
        mistakes=("Thành viên và thứ tự ghi trong hồ sơ của từng người.", _SOURCE),
    ),
}
